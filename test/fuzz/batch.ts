/** Runs many generated programs on both sides, compiled as one bundle: compiling is what costs most, and most of it once per bundle. */
import { CompileError, compileModules } from '../../src/compiler/index.ts';
import { DurableRunner, GLOBALS, type Mode } from './durable-run.ts';
import { type Files, loadNatively, runNatively } from './native-run.ts';
import { PRELUDE } from './prelude.ts';

/** `main` is the module with the program, `parts` what it imports, by the names in its import declarations. */
export interface Program {
  readonly seed: number;
  readonly main: string;
  readonly parts: Readonly<Record<string, string>>;
}

export interface Difference {
  readonly mode: Mode | 'compile';
  readonly native: string;
  readonly got: string;
}

export interface Verdict {
  readonly seed: number;
  /** Not a program: its message. */
  readonly invalid?: string;
  readonly difference?: Difference;
  /** What the native run noted; empty if it was invalid. */
  readonly native: string;
  /** Captures of the run that was captured after every job. */
  readonly captures: number;
}

/** Told before each step, so that whoever watches knows what never ended. */
export type Progress = (index: number, mode: Mode | 'compile' | 'native') => void;

/** One program in so many is also crashed at random jobs, besides being captured after every job. */
const CRASHED_EVERY = 4;

/** Numbers and texts that grow with every call make some programs so slow that they would look like hangs. */
const NATIVE_LIMIT_MS = 1_000;

const ROOT = '/fuzz/';
const moduleName = (index: number): string => `program${index}.js`;

/** Runs each program natively, compiled, and captured after every job; every fourth also crashed. */
export async function runBatch(
  programs: readonly Program[],
  progress: Progress = () => {},
  only?: Mode | 'compile',
): Promise<readonly Verdict[]> {
  const files = filesOf(programs);
  progress(0, 'native');
  const mains = await loadNatively(
    files,
    programs.map((_, index) => moduleName(index)),
  );
  const natives: string[] = [];
  for (const [index, main] of mains.entries()) {
    progress(index, 'native');
    const begun = performance.now();
    natives.push(main instanceof Error ? '' : await runNatively(main));
    if (performance.now() - begun > NATIVE_LIMIT_MS) mains[index] = new Error('takes too long natively');
  }
  const differences: (Difference | undefined)[] = programs.map(() => undefined);
  const captures = programs.map(() => 0);
  const valid = [...programs.keys()].filter((index) => typeof mains[index] === 'function');
  const failed = (index: number, error: unknown): void => {
    differences[index] = { mode: 'compile', native: natives[index]!, got: describeFailure(error) };
  };
  const runners: Compiled[] = [];
  for (const group of groupsOf(programs, valid)) {
    runners.push(...(await compileAll(files, group, progress, failed)));
  }
  for (const runner of runners) {
    for (const index of runner.indexes) {
      const modes: readonly Mode[] =
        only === undefined
          ? programs[index]!.seed % CRASHED_EVERY === 0
            ? ['compiled', 'captured', 'crashed']
            : ['compiled', 'captured']
          : only === 'compile'
            ? []
            : [only];
      for (const mode of modes) {
        progress(index, mode);
        const before = runner.durable.captures;
        const got = await runner.durable.run(index, mode, programs[index]!.seed);
        if (mode === 'captured') captures[index] = runner.durable.captures - before;
        if (got === natives[index]) continue;
        differences[index] = { mode, native: natives[index]!, got };
        break;
      }
    }
    runner.durable.release();
  }
  return programs.map(({ seed }, index): Verdict => {
    const main = mains[index];
    const difference = differences[index];
    return {
      seed,
      native: natives[index]!,
      captures: captures[index]!,
      ...(main instanceof Error ? { invalid: `${main.name}: ${main.message}` } : {}),
      ...(difference ? { difference } : {}),
    };
  });
}

/** All modules; parts of program 3 are named `program3-<name>`. */
function filesOf(programs: readonly Program[]): Files {
  const files = new Map([['prelude.js', PRELUDE]]);
  for (const [index, { main, parts }] of programs.entries()) {
    const own = (source: string): string =>
      source.replaceAll(/(from ')\.\/part-/g, `$1./program${index}-part-`);
    files.set(moduleName(index), own(main));
    for (const [name, source] of Object.entries(parts)) files.set(`program${index}-${name}`, own(source));
  }
  return files;
}

/** Programs with variables of their module need fresh evaluations of their bundle: they are in small ones. */
function groupsOf(programs: readonly Program[], indexes: readonly number[]): number[][] {
  const groups: number[][] = [[]];
  for (const index of indexes) {
    const { main, parts } = programs[index]!;
    if (![main, ...Object.values(parts)].some((source) => HAS_STATE.test(source))) groups[0]!.push(index);
    else if (groups.length > 1 && groups.at(-1)!.length < STATEFUL_TOGETHER) groups.at(-1)!.push(index);
    else groups.push([index]);
  }
  return groups;
}

const HAS_STATE = /^(let|const|export let) |^static .*=/m;
const STATEFUL_TOGETHER = 4;

interface Compiled {
  readonly durable: DurableRunner;
  readonly indexes: readonly number[];
}

/** One bundle of all; if it cannot be made, of halves, down to the programs that cannot be compiled. */
async function compileAll(
  files: Files,
  indexes: readonly number[],
  progress: Progress,
  failed: (index: number, error: unknown) => void,
): Promise<Compiled[]> {
  if (indexes.length === 0) return [];
  progress(indexes[0]!, 'compile');
  try {
    const bundle = compileModules(
      `${ROOT}entry.js`,
      (path) => (path === `${ROOT}entry.js` ? entryOf(indexes) : files.get(path.slice(ROOT.length))),
      { globals: GLOBALS },
    );
    const durable = await DurableRunner.load(bundle);
    durable.realm(0);
    return [{ durable, indexes }];
  } catch (error) {
    if (indexes.length === 1) {
      failed(indexes[0]!, error);
      return [];
    }
    const middle = indexes.length >> 1;
    return [
      ...(await compileAll(files, indexes.slice(0, middle), progress, failed)),
      ...(await compileAll(files, indexes.slice(middle), progress, failed)),
    ];
  }
}

/** The default export runs the program of a number. A switch, because an array would be state of the module. */
function entryOf(indexes: readonly number[]): string {
  const imports = indexes.map((index) => `import p${index} from './${moduleName(index)}';\n`);
  const cases = indexes.map((index) => `    case ${index}: return p${index}();\n`);
  return `${imports.join('')}export default function main(index) {\n  switch (index) {\n${cases.join('')}  }\n}\n`;
}

function describeFailure(error: unknown): string {
  if (error instanceof CompileError)
    return `CompileError ${error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
