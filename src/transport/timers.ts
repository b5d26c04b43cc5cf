/** Timeouts, injected so that a simulator can drive them. */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls `action` once, `ms` milliseconds from now. The handle is only for `clear`. */
  set(action: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}

/** Longest delay that `setTimeout` takes; longer ones would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

interface LongTimer {
  timeout: NodeJS.Timeout;
}

/** The timers of this process; delays beyond 24.8 days are waited for in pieces. */
export const processTimers: Timers = {
  now: () => performance.now(),
  set(action, ms) {
    if (ms <= LONGEST_MS) return setTimeout(action, ms);
    const timer: LongTimer = { timeout: setTimeout(next, LONGEST_MS) };
    let left = ms - LONGEST_MS;
    function next(): void {
      const piece = Math.min(left, LONGEST_MS);
      left -= piece;
      timer.timeout = setTimeout(left > 0 ? next : action, piece);
    }
    return timer;
  },
  clear(handle) {
    const timer = handle as NodeJS.Timeout | LongTimer;
    clearTimeout('timeout' in timer ? timer.timeout : timer);
  },
};
