/**
 * The oracle: runs generated programs with the async functions of Node itself, in virtual time.
 *
 * Owns: the module hooks for `fuzz:` addresses, and the clock of the program that runs. Invariants:
 * 1. Every batch has its own addresses, so no module is shared between batches.
 * 2. A rejection that nobody handles before the jobs are through ends the program, as it ends a process.
 */
import { createRequire, registerHooks } from 'node:module';
import { begin, burn, describe, note, notesSoFar } from './journal.ts';
import { VirtualTime } from './virtual-time.ts';

/** Modules by name; relative imports name each other, `waymark` and nothing else. */
export type Files = ReadonlyMap<string, string>;

const sources = new Map<string, string>();
const PARTS: Record<string, string> = { waymark: './native-script-api.ts', clock: './native-clock.ts' };
let batches = 0;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('fuzz:')) return { url: specifier, format: 'module', shortCircuit: true };
    if (!context.parentURL?.startsWith('fuzz:')) return nextResolve(specifier, context);
    const own = PARTS[specifier];
    if (own) return { url: new URL(own, import.meta.url).href, shortCircuit: true };
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('fuzz:')) return nextLoad(url, context);
    const source = sources.get(url)!;
    return {
      format: 'module',
      source: `import { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } from 'clock'; ${source}`,
      shortCircuit: true,
    };
  },
});

const importNatively = createRequire(import.meta.url)('../corpus-runner/import-natively.cts') as (
  url: string,
) => Promise<{ default: () => unknown }>;

let time = new VirtualTime();
/** What nobody caught while the current program ran. */
let uncaught: string[] = [];
process.on('unhandledRejection', (reason) => uncaught.push(describe(reason)));

/** The clock of the program that runs now. */
export function clock(): VirtualTime {
  return time;
}

/** Loads the modules of a batch; entries that cannot be loaded give their error instead. */
export async function loadNatively(
  files: Files,
  entries: readonly string[],
): Promise<((() => unknown) | Error)[]> {
  const address = `fuzz:///${++batches}/`;
  for (const [name, source] of files) sources.set(address + name, source);
  const loaded: ((() => unknown) | Error)[] = [];
  for (const entry of entries) {
    try {
      loaded.push((await importNatively(address + entry)).default);
    } catch (error) {
      loaded.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  for (const name of files.keys()) sources.delete(address + name);
  return loaded;
}

const jobsAreThrough = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A timer whose callback throws ends the program. */
function advance(): boolean {
  try {
    return time.advance();
  } catch (error) {
    uncaught.push(describe(error));
    return true;
  }
}

/** Runs one program to its end; gives everything that it noted, and how it ended. */
export async function runNatively(main: () => unknown): Promise<string> {
  begin();
  time = new VirtualTime();
  uncaught = [];
  let outcome: string | undefined;
  // An async function: what `main` throws, and thenables that it returns, count as they do for an instance.
  void (async () => main())().then(
    (value) => (outcome = `returned ${describe(value)}`),
    (error: unknown) => (outcome = `threw ${describe(error)}`),
  );
  do {
    await jobsAreThrough();
    if (uncaught.length > 0) outcome = `threw ${uncaught[0]}`;
  } while (outcome === undefined && advance());
  const text = `${notesSoFar()}\n${outcome ?? 'waits for ever'}`;
  time.clear();
  return text;
}

Object.assign(globalThis, { note, burn });
