/**
 * Whether a run is to stop, and why; one per job execution, read by every chunk loop after every item.
 *
 * Owns: the two flags and who listens. S1. A flag is never taken back. S2. A lost run is also one that is to stop.
 */
export class StopSwitch {
  /** The job operator asked for it, or the lease is lost. */
  requested = false;
  /** Another run may own the execution: nothing may be written any more. */
  lost = false;
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    if (this.requested) return;
    this.requested = true;
    this.#controller.abort();
  }

  lose(): void {
    this.lost = true;
    this.stop();
  }
}
