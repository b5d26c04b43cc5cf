/** What an instance asks of the node (or the test runner) that runs it. All time and effects pass through here. */
import type { Instance } from './instance.ts';

/** A durable operation as data: what must be done again after a restore. Captured in the snapshot. */
export type OperationRequest =
  /** Ends at `until` (ms since the epoch). */
  | { readonly kind: 'sleep'; readonly until: number }
  /** Request/reply. `data` is the encoded payload. `timeout` ms per try; `retries` further tries. The value is the decoded reply. */
  | {
      readonly kind: 'call';
      readonly subject: string;
      readonly data: Uint8Array;
      readonly timeout: number;
      readonly retries: number;
    }
  /** One message. `value` when handed to the transport. */
  | { readonly kind: 'publish'; readonly subject: string; readonly data: Uint8Array }
  /** An interim reply to whoever started the instance. */
  | { readonly kind: 'reply'; readonly data: Uint8Array };

export type Outcome =
  | { readonly status: 'completed'; readonly value: unknown }
  | { readonly status: 'failed'; readonly error: unknown };

export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds from any fixed point, with fractions, to measure with. Without it nothing is measured. */
  monotonic?(): number;
  /**
   * Begins operation `number` of `instance`; `repeat` after a restore (the effect may have happened already).
   * Its message id is `${instance.id}:${number}`. Later calls `instance.settle(number, ...)`, never synchronously.
   */
  arm(instance: Instance, number: number, request: OperationRequest, repeat: boolean): void;
  /** The operation is no longer wanted (clearTimeout). `settle` for it is ignored from now on. */
  disarm(instance: Instance, number: number): void;
  /**
   * Makes checkpoint `sequence` durable; resolves then. A rejection reaches the script as CheckpointError.
   * @param captureMs how long the snapshot took to make; 0 when it was not measured
   */
  save(instance: Instance, sequence: number, snapshot: Uint8Array, captureMs: number): Promise<void>;
  /** Called once, when the instance has completed or failed. */
  ended(instance: Instance, outcome: Outcome): void;
}
