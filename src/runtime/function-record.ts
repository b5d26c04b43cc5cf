/** One function or class of a realm, as the compiled code passes it around. */
import type { FunctionMetadata } from '../bundle.ts';
import type { FunctionHandle, ResumeFunction } from '../frame-abi.ts';
import { FIRST_BUNDLE_CODE } from './own-functions.ts';
import type { StampOwner } from './stamp.ts';

export class FunctionRecord implements FunctionHandle, StampOwner {
  readonly id: number;
  readonly metadata: FunctionMetadata;
  /** Paths of the bundle's sources, for places in messages. */
  readonly sources: readonly string[];
  resume: ResumeFunction | undefined = undefined;
  /** Of an async generator: the code of its body; `resume` drives the generator. */
  body: ResumeFunction | undefined = undefined;
  /** Of a generator that exists once per realm: its function object, and the `prototype` that this was made with. */
  callee: { prototype: unknown } | undefined = undefined;
  firstPrototype: object | undefined = undefined;
  /** What it sees when it is given to `new Promise` (executor.ts); 0: not known yet. */
  executorTakes = 0;
  make: ((...cells: unknown[]) => object) | undefined = undefined;

  constructor(id: number, metadata: FunctionMetadata, sources: readonly string[]) {
    this.id = id;
    this.metadata = metadata;
    this.sources = sources;
  }

  /** Number in snapshots; the runtime's own functions have the lower ones. */
  get code(): number {
    return this.id + FIRST_BUNDLE_CODE;
  }

  /** `payments.ts:14` of suspension point `at`. */
  place(at: number): string {
    const point = this.metadata.points[at];
    return `${this.sources[this.metadata.source]}:${point?.line ?? this.metadata.start.line}`;
  }
}
