/**
 * Entries of weak collections (ephemerons): saved when something else in the snapshot holds the key, otherwise left out, as a garbage collection
 * would. A value may lead to further keys, so this goes on until there is nothing new.
 *
 * Each round is written as an object of its own behind all others, whose body lists the entries, so that everything that a value leads to
 * has its turn like any other object.
 */
import * as F from '../format.ts';
import { WELL_KNOWN_SYMBOLS } from '../intrinsics.ts';
import type { HostType } from '../snapshot-context.ts';
import type { Encoder } from './encoder.ts';
import type { HostBody } from './hosts.ts';

export interface Ephemeron {
  /** Number of the collection. */
  readonly owner: number;
  readonly key: WeakKey;
  readonly value: unknown;
}

/** Where the search for keys of one collection stands. */
interface Search {
  readonly owner: number;
  readonly type: HostType;
  readonly found: Set<WeakKey>;
  objects: number;
  symbols: number;
}

/** `weak`: numbers of the weak collections, growing while this runs. */
export function writeEphemerons(e: Encoder, weak: readonly number[]): void {
  const searches: Search[] = [];
  for (;;) {
    for (let at = searches.length; at < weak.length; at++) {
      const { type } = e.payloads[weak[at]!] as HostBody;
      searches.push({ owner: weak[at]!, type, found: new Set(), objects: 0, symbols: 0 });
    }
    const entries = searches.flatMap((search) => findEntries(e, search));
    const round = e.add({}, F.BODY_EPHEMERONS, entries);
    // So it is no child of the object before it.
    e.bodyStart[round] = round;
    e.current = round;
    e.out.reserve(16);
    e.out.varint(entries.length);
    for (const { owner, key, value } of entries) {
      e.out.reserve(16);
      e.out.varint(owner);
      e.value(key);
      e.value(value);
    }
    if (entries.length === 0) return;
    e.bodies(round + 1);
  }
}

function findEntries(e: Encoder, search: Search): Ephemeron[] {
  const { weak } = search.type;
  const owner = e.objects.items[search.owner]!;
  const entries: Ephemeron[] = [];
  const look = (key: WeakKey): void => {
    if (search.found.has(key) || !weak!.has(owner, key)) return;
    search.found.add(key);
    entries.push({ owner: search.owner, key, value: weak!.get(owner, key) });
  };
  if (weak!.only !== undefined) {
    const key = weak!.only(owner);
    return key !== undefined && search.found.size === 0 && isReached(e, key)
      ? (search.found.add(key), [{ owner: search.owner, key, value: undefined }])
      : [];
  }
  if (search.objects === 0) {
    for (const key of e.context.knownObjects?.() ?? []) look(key);
    for (const key of WELL_KNOWN_SYMBOLS) look(key as unknown as WeakKey);
  }
  const symbols = [...(e.symbols ?? [])];
  for (; search.symbols < symbols.length; search.symbols++)
    look(symbols[search.symbols] as unknown as WeakKey);
  for (; search.objects < e.objects.count; search.objects++) look(e.objects.items[search.objects]!);
  return entries;
}

function isReached(e: Encoder, key: WeakKey): boolean {
  if (typeof key === 'symbol')
    return e.symbols?.has(key) === true || e.context.referenceOf(key) !== undefined;
  return e.objects.find(key) >= 0 || e.context.referenceOf(key) !== undefined;
}
