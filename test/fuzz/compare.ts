/** Runs a generated program natively and as an instance, and makes one that differs as small as possible. */
import { fileURLToPath } from 'node:url';
import { runDurableSource, type CaptureMode } from '../corpus-runner/durable.ts';
import { outcomeOf } from '../corpus-runner/outcome.ts';
import { type Program, source } from './program.ts';
import { smaller } from './program-tree.ts';

export interface Difference {
  readonly mode: CaptureMode;
  readonly native: string;
  readonly got: string;
}

const FILENAME = fileURLToPath(new URL('./generated.ts', import.meta.url));
/** A program ends in milliseconds: one that is silent for this long waits for something that never comes. */
const SILENCE_MS = 5_000;

/** Undefined if all modes agree with the native run. */
export async function compare(
  program: Program,
  modes: readonly CaptureMode[] = ['never', 'every-suspension'],
): Promise<Difference | undefined> {
  const module = source(program);
  const native = await runNatively(module);
  // Not a program: only while one is made smaller, or where two generated names meet.
  if (native === undefined) return undefined;
  for (const mode of modes) {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, SILENCE_MS, 'no end');
    });
    const run = runDurableSource(module, FILENAME, mode).then(({ text }) => text);
    const got = await Promise.race([run, silence]);
    clearTimeout(timer);
    if (got !== native) return { mode, native, got };
  }
  return undefined;
}

/** The program's async functions as Node runs them; undefined if it has a syntax error. */
async function runNatively(module: string): Promise<string | undefined> {
  let main: () => unknown;
  try {
    const script = `'use strict';\n${module.replace('export default ', '')}\nreturn main;`;
    // eslint-disable-next-line no-implied-eval -- the generated program is the subject of the test
    main = new Function(script)() as () => unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return (await outcomeOf(main)).text;
}

/** A program from which nothing can be taken without losing the difference. */
export async function minimise(program: Program, difference: Difference): Promise<Program> {
  let body = program.body;
  search: for (;;) {
    for (const candidate of smaller(body)) {
      if (!(await compare({ body: candidate }, [difference.mode]))) continue;
      body = candidate;
      continue search;
    }
    return { body };
  }
}

/** The first lines that differ. */
export function firstDifference({ native, got }: Difference): string {
  const left = native.split('\n');
  const right = got.split('\n');
  let line = 0;
  while (line < left.length && left[line] === right[line]) line++;
  const show = (lines: string[]): string => lines.slice(Math.max(0, line - 2), line + 4).join('\n  ');
  return `line ${line + 1}, native:\n  ${show(left)}\ngot:\n  ${show(right)}`;
}
