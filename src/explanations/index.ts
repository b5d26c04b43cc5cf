/** Every code that Waymark gives, explained: one source for `waymark explain` and for the page of errors. */
import { CATALOGUE, type CatalogueEntry } from '../compiler/diagnostics/catalogue.ts';
import { EXAMPLES } from '../compiler/diagnostics/examples.ts';
import { BATCH_EXPLANATIONS } from './batch.ts';
import { COMMAND_LINE_EXPLANATIONS } from './command-line.ts';
import { DATABASE_EXPLANATIONS } from './database.ts';
import type { Example, Explanation } from './explanation.ts';
import { NODE_EXPLANATIONS } from './node.ts';
import { RUNTIME_EXPLANATIONS } from './runtime.ts';
import { SNAPSHOT_EXPLANATIONS } from './snapshot.ts';
import { STORE_EXPLANATIONS } from './store.ts';
import { TRANSPORT_EXPLANATIONS } from './transport.ts';

export type { Example, Explanation } from './explanation.ts';

/** Where a code comes from, by its first digit. */
export const AREAS: Readonly<Record<string, string>> = {
  1: 'Compiler',
  2: 'Compiler',
  3: 'Runtime',
  4: 'Snapshot',
  5: 'Store',
  6: 'Transport',
  7: 'Node',
  8: 'Command line',
  9: 'Batch',
};

const examples: Readonly<Record<string, Example>> = EXAMPLES;

const diagnostics = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueEntry>>).map(
  ([code, { title, why, fix }]): [string, Explanation] => {
    const example = examples[code];
    return [code, { title, why, fix, ...(example === undefined ? {} : { example }) }];
  },
);

/** By code, in the order of the codes. */
export const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map(
  [
    ...diagnostics,
    ...Object.entries({
      ...RUNTIME_EXPLANATIONS,
      ...SNAPSHOT_EXPLANATIONS,
      ...STORE_EXPLANATIONS,
      ...TRANSPORT_EXPLANATIONS,
      ...NODE_EXPLANATIONS,
      ...COMMAND_LINE_EXPLANATIONS,
      ...DATABASE_EXPLANATIONS,
      ...BATCH_EXPLANATIONS,
    }),
  ].toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

/** Anchor of a code on the page of errors. */
export const ERROR_PAGE = 'docs/reference/errors.md';

/**
 * Codes that somebody may have meant who typed `text`, the nearest first; at most `most`. Digits that are wrong count once each,
 * and words are looked for in the titles.
 */
export function nearestCodes(text: string, most = 5): readonly string[] {
  const digits = text.replaceAll(/\D/g, '');
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  const scored = [...EXPLANATIONS].flatMap(([code, { title, why }]) => {
    const lower = `${title} ${why}`.toLowerCase();
    const found = words.filter((word) => word !== 'wm' && lower.includes(word)).length;
    const distance = digits === '' ? 9 : distanceOf(digits, code.slice(2));
    const score = found * 3 + Math.max(0, 3 - distance);
    return score > 0 ? [{ code, score }] : [];
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ code }) => code);
}

/** Levenshtein distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
