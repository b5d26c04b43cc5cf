/** The programs of `promise-programs.ts` as scripts: compiled, run as instances, with and without a restore after every job. */
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { type Capture, runSource } from '../../src/testing/index.ts';
import { PROMISE_PROGRAMS } from './promise-programs.ts';
import { runNatively, TICKS } from './run-promise-program.ts';

/** They need what the compiler refuses: generators, classes that use variables of the function that they are declared in. */
const REFUSED: ReadonlySet<string> = new Set([
  'all of a string, a set and a generator',
  'iteration of a promise array that grows',
  'all uses resolve of its receiver',
  'species that is null or undefined',
]);

/** The program as a function; its classes stand before it, as the compiler wants them. Then enough jobs for everything in it. */
function scriptOf(text: string): string {
  const classes: string[] = [];
  let body = text;
  for (const statement of parseSync('program.js', text).program.body.toReversed()) {
    if (statement.type !== 'ClassDeclaration') continue;
    classes.unshift(text.slice(statement.start, statement.end));
    body = body.slice(0, statement.start) + body.slice(statement.end);
  }
  return `
    ${classes.join('\n')}
    export default async function main() {
      ${TICKS}
      ${body}
      for (let job = 0; job < 80; job++) await null;
    }`;
}

async function runAsInstance(text: string, capture: Capture): Promise<string[]> {
  const lines: string[] = [];
  const log = (...values: unknown[]): number => lines.push(values.map(String).join(' '));
  try {
    await runSource(scriptOf(text), { filename: '/scripts/program.ts', capture, globals: { log } });
  } catch (error) {
    lines.push(`unhandled ${String(error)}`);
  }
  return lines;
}

/** They change a class of the module while they run: a class is found again by name, and its changes belong to no snapshot. */
const CHANGES_CLASS: ReadonlySet<string> = new Set(['a then that is put on the prototype of a subclass']);

const programs = Object.entries(PROMISE_PROGRAMS).filter(([name]) => !REFUSED.has(name));

describe.each(['never', 'every-suspension'] as const)('capture: %s', (capture) => {
  const able = programs.filter(([name]) => capture === 'never' || !CHANGES_CLASS.has(name));

  test.each(able)('%s', async (_name, text) => {
    expect(await runAsInstance(text, capture)).toEqual(await runNatively(text));
  });
});
