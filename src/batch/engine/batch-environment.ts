/** What the engine takes from its surroundings, so that tests run hours of a job in milliseconds. */
export interface BatchEnvironment {
  /** Milliseconds since the epoch, for records. */
  wallClock(): number;
  /** Milliseconds from any beginning, never going back: for limits. */
  monotonic(): number;
  /**
   * @param keepsAlive The process must not end before, even if nothing else is left to do. Default: it may.
   * @returns what cancels it
   */
  after(ms: number, run: () => void, keepsAlive?: boolean): () => void;
  /** Lets everything else of the process (heartbeats, stop requests, other partitions) run, then resolves. */
  breathe(): Promise<void>;
  /** Names this process in leases. */
  readonly owner: string;
}
