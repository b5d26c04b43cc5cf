/** Makes a program that differs as small as possible, and says what is different. */
import type { Arena } from './arena.ts';
import type { Difference, Program } from './batch.ts';
import { reduce } from './reduce.ts';

/** Milliseconds for one program. */
const LONGEST_REDUCTION = 120_000;

export interface Report {
  readonly seed: number;
  readonly program: Program;
  readonly difference: Difference;
}

/** The smallest program found that differs in the same way. */
export async function minimise(program: Program, difference: Difference, arena: Arena): Promise<Report> {
  const until = Date.now() + LONGEST_REDUCTION;
  const kind = kindOf(difference);
  let current = program;
  let found = difference;
  const holds = async (candidate: Program): Promise<boolean> => {
    const next = await arena.check(candidate, difference.mode);
    if (!next || kindOf(next) !== kind) return false;
    current = candidate;
    found = next;
    return true;
  };
  await reduce(program.main, (main) => holds({ ...current, main }), until);
  for (const name of Object.keys(program.parts)) {
    const rest = Object.fromEntries(Object.entries(current.parts).filter(([other]) => other !== name));
    if (await holds({ ...current, parts: rest })) continue;
    await reduce(
      current.parts[name]!,
      (text) => holds({ ...current, parts: { ...current.parts, [name]: text } }),
      until,
    );
  }
  return { seed: program.seed, program: current, difference: found };
}

/** So that a reduction stays with the defect that it began with. */
function kindOf({ got }: Difference): string {
  const last = got.split('\n').at(-1)!;
  if (!/^(never ended|waits for ever|failed: |CompileError|[A-Za-z]*Error: )/.test(last)) return 'output';
  return last.replaceAll(/\S*\d\S*/g, '').replaceAll(/"[^"]*"/g, '');
}

export function formatReport({ seed, program, difference }: Report): string {
  const parts = Object.entries(program.parts).map(([name, text]) => `// ${name}\n${indented(text)}`);
  return [
    `seed ${seed}, ${difference.mode}:`,
    indented(program.main),
    ...parts,
    firstDifference(difference),
    `again: npm run fuzz -- --seed ${seed} --count 1`,
    '',
  ].join('\n');
}

/** Generated programs have no indentation. */
export function indented(source: string): string {
  let depth = 0;
  return source
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const closes = /^[}\])]/.test(line) ? 1 : 0;
      const text = '  '.repeat(Math.max(0, depth - closes)) + line;
      depth += (line.match(/\{/g)?.length ?? 0) - (line.match(/\}/g)?.length ?? 0);
      return text;
    })
    .join('\n');
}

/** The first lines that differ. */
function firstDifference({ native, got }: Difference): string {
  const left = native.split('\n');
  const right = got.split('\n');
  let line = 0;
  while (line < left.length && left[line] === right[line]) line++;
  const show = (lines: string[]): string => lines.slice(Math.max(0, line - 2), line + 4).join('\n  ');
  return `line ${line + 1}, native:\n  ${show(left)}\ndurable:\n  ${show(right)}`;
}
