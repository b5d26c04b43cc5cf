/**
 * Whether a run is to stop, and why; one per job execution, read by every chunk loop after every item.
 *
 * Owns: the flags and who listens. S1. A flag is never taken back. S2. A lost run, and one that leaves, is also one that is to stop.
 */
export class StopSwitch {
  /** The job operator asked for it, or the lease is lost. */
  requested = false;
  /** Another run may own the execution: nothing may be written any more. */
  lost = false;
  /** The node stops, and not the job: another node goes on after the checkpoint. */
  leaving = false;
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    if (this.requested) return;
    this.requested = true;
    this.#controller.abort();
  }

  leave(): void {
    if (!this.requested) this.leaving = true;
    this.stop();
  }

  lose(): void {
    this.lost = true;
    this.stop();
  }
}
