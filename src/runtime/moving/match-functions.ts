/**
 * Which function of another version of a script is the same one: by the names of what it stands in. Pure; looks at bundles only.
 * The rule is docs/decisions/0012.
 */
import type { Bundle, FunctionMetadata } from '../../bundle.ts';

/** A function, or why there is none. */
export type FunctionMatch = { readonly id: number } | { readonly reason: string };

export class FunctionMatches {
  readonly #from: Bundle;
  readonly #to: Bundle;
  readonly #fromGroups: ReadonlyMap<string, readonly number[]>;
  readonly #toGroups: ReadonlyMap<string, readonly number[]>;

  constructor(from: Bundle, to: Bundle) {
    this.#from = from;
    this.#to = to;
    this.#fromGroups = groups(from);
    this.#toGroups = groups(to);
  }

  /** The function of the new code that stands where `id` stands in the old. */
  find(id: number): FunctionMatch {
    const metadata = this.#from.functions[id];
    const identity = metadata?.identity;
    if (metadata === undefined || identity === undefined) return { reason: NOT_DESCRIBED };
    const key = keyOf(this.#from, metadata);
    const old = this.#fromGroups.get(key)!;
    const found = this.#toGroups.get(key);
    if (found === undefined) return { reason: `the new code has no ${what(metadata)} at ${key}` };
    if (old.length === 1 && found.length === 1) return { id: found[0]! };
    const same = (ids: readonly number[], bundle: Bundle): number[] =>
      ids.filter((other) => bundle.functions[other]!.identity!.digest === identity.digest);
    // Functions with the same text do the same with the same variables, which come from the snapshot.
    const match = same(found, this.#to)[same(old, this.#from).indexOf(id)];
    if (match !== undefined) return { id: match };
    const count = Math.max(old.length, found.length);
    return { reason: `it cannot be told which of ${count} functions at ${key} it is: its text has changed` };
  }
}

/** For bundles that do not say what is needed. */
export const NOT_DESCRIBED = 'its code was compiled without what is needed to compare versions';

function groups(bundle: Bundle): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  bundle.functions.forEach((metadata, id) => {
    if (metadata.identity === undefined) return;
    const key = keyOf(bundle, metadata);
    const list = found.get(key);
    if (list) list.push(id);
    else found.set(key, [id]);
  });
  return found;
}

function keyOf(bundle: Bundle, { source, kind, identity }: FunctionMetadata): string {
  return `${bundle.sources[source]}#${kind === 'class' ? 'class ' : ''}${identity!.path}`;
}

const what = ({ kind }: FunctionMetadata): string => (kind === 'class' ? 'class' : 'function');
