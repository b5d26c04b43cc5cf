import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One corpus program: `name` is `<area>/<nnn>-<name>`, `file` its absolute path. */
export interface Program {
  readonly name: string;
  readonly area: string;
  readonly file: string;
  /** The file name says `rejects`: the program is expected to end with an error. */
  readonly rejects: boolean;
}

/** Programs that wait for others to get as far as they do natively, and never end when everybody takes longer. */
const COUNTS_JOBS = new Set([
  'realistic/005-rate-limiter',
  'realistic/013-approval-flow',
  'realistic/028-reservation-with-expiry',
]);

/** Programs that compare messages of Node in which the whole callee is quoted, also what is put around it. */
const QUOTES_CALLEES = new Set([
  'errors/060-messages-about-captured-variables',
  'errors/061-messages-about-callees-and-iterables',
  'errors/063-messages-about-variables-that-shadow',
  'errors/062-messages-about-equal-names-in-modules',
  'expressions/090-messages-name-what-the-author-wrote',
]);

/** Programs with thousands of expressions to evaluate or a large state: too much to restore at each of them. */
const HEAVY_AT_EVERY_EXPRESSION = new Set([
  'basics/018-recursion',
  'data/024-long-and-deep',
  'functions/021-deep-async-recursion',
  'loops/030-many-iterations',
  'nasty/011-trampolines-and-continuations',
  'nasty/020-hundred-branches',
  'ordering/001-many-jobs',
  'promises/036-all-of-two-hundred',
  'realistic/019-game-of-life-with-async-cells',
  'try/003-finally-overrides-completion',
]);

/**
 * Programs whose temporary values no snapshot can hold (as written, none of these lives over a suspension point): objects of
 * Node, WeakMaps, views out of bounds, private methods as values, symbols whose maker is hidden behind a comma.
 */
const HOLDS_NATIVE_TEMPORARIES = new Set([
  'classes-in-functions/025-names-of-classes-and-members',
  'classes-in-functions/029-symbols-as-members',
  'classes/005-private-methods-and-accessors',
  'data/015-local-symbols',
  'for-in/003-order-of-keys',
  'intl/009-functions-that-formatters-give',
  'iterators/011-view-out-of-bounds',
  'lazy-iterators/016-iterator-methods-borrowed',
  'module-evaluation/010-resources-inside-of-state',
  'promises/044-array-from-async-closes-iterators',
  'symbols/003-brands-that-nobody-can-forge',
  'symbols/006-boxed-and-described',
  'symbols/008-enumeration-order-with-symbols',
  'weak/007-symbols-as-weak-keys',
]);

/** Programs that call native code: what it gives them no snapshot can hold, and their temporaries hold it. */
const NATIVE_AREAS: ReadonlySet<string> = new Set(['native-callbacks', 'node']);

/** Whether `program` can be run with a suspension before every expression, and with a capture at each of them. */
export function everyExpression({ name, area }: Program): { runs: boolean; captures: boolean } {
  const runs = !COUNTS_JOBS.has(name) && !QUOTES_CALLEES.has(name);
  return {
    runs,
    captures:
      runs &&
      !HEAVY_AT_EVERY_EXPRESSION.has(name) &&
      !HOLDS_NATIVE_TEMPORARIES.has(name) &&
      !NATIVE_AREAS.has(area),
  };
}

const root = fileURLToPath(new URL('../corpus/', import.meta.url));

/** All programs of the corpus whose name contains `filter`, in order of name. */
export function listPrograms(filter = ''): Program[] {
  const programs: Program[] = [];
  const areas = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const area of areas.map(({ name }) => name).sort()) {
    for (const entry of readdirSync(`${root}${area}`).sort()) {
      if (!entry.endsWith('.ts')) continue;
      const name = `${area}/${entry.slice(0, -'.ts'.length)}`;
      if (name.includes(filter))
        programs.push({ name, area, file: `${root}${area}/${entry}`, rejects: /\brejects\b/.test(name) });
    }
  }
  return programs;
}
