import { hostname } from 'node:os';
import type { BatchEnvironment } from './batch-environment.ts';

/** The real world. */
export const processEnvironment: BatchEnvironment = {
  wallClock: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run, keepsAlive = false) {
    const timer = setTimeout(run, ms);
    if (!keepsAlive) timer.unref();
    return () => clearTimeout(timer);
  },
  breathe: () => new Promise((resolve) => void setImmediate(resolve)),
  owner: `${hostname()} process ${process.pid}`,
};
