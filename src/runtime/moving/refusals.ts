/** Why an instance cannot go on in other code, gathered over all its frames. */
import type { Bundle } from '../../bundle.ts';

export interface Refusal {
  /** What of the instance: a frame, a closure, an instance of a class ... */
  readonly what: string;
  /** `pay.ts:14` in the old code; undefined if it has no place. */
  readonly place: string | undefined;
  readonly reason: string;
}

export class Refusals {
  readonly #bundle: Bundle;
  readonly #all = new Map<string, Refusal>();

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  get all(): readonly Refusal[] {
    return [...this.#all.values()];
  }

  add(what: string, reason: string, place?: string): void {
    this.#all.set(JSON.stringify([what, place, reason]), { what, place, reason });
  }

  /** About function or class `id` of the old code, at suspension point `at` of it if that matters. */
  addFunction(
    id: number,
    reason: string,
    kind: 'frame' | 'closure' | 'function' | 'class',
    at?: number,
  ): void {
    const metadata = this.#bundle.functions[id];
    if (metadata === undefined) {
      this.add(kind, `function number ${id} does not exist`);
      return;
    }
    const line = (at === undefined ? undefined : metadata.points[at]?.line) ?? metadata.start.line;
    const name = kind === 'class' ? metadata.name : `${metadata.name}()`;
    const what = kind === 'frame' ? name : `${kind} ${name}`;
    this.add(what, reason, `${this.#bundle.sources[metadata.source]}:${line}`);
  }
}
