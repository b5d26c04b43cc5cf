/** Everything of the outside world that a node uses besides its store and its transport. A simulator gives its own. */
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { listScripts } from './script-folder.ts';

export interface NodeEnvironment {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds from any fixed point, with fractions; only differences count. */
  readonly monotonic: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Calls `action` once after `ms` (at most 2^31 - 1); the handle is for `clearTimer`. */
  readonly setTimer: (action: () => void, ms: number) => unknown;
  readonly clearTimer: (handle: unknown) => void;
  /** Calls `action` when input and output that are ready have been attended to. */
  readonly defer: (action: () => void) => void;
  /** Absolute paths of the scripts in a folder. */
  readonly listScripts: (folder: string) => Promise<readonly string[]>;
  /** Calls `changed` after anything directly in the folder may have changed, `failed` if that can no longer be seen. */
  readonly watchFolder: (
    folder: string,
    changed: () => void,
    failed: (error: unknown) => void,
  ) => { close(): void };
}

/** The real world. */
export const processEnvironment: NodeEnvironment = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  randomBytes,
  setTimer: (action, ms) => setTimeout(action, ms),
  clearTimer: (handle) => clearTimeout(handle as NodeJS.Timeout),
  defer: (action) => void setImmediate(action),
  listScripts,
  watchFolder(folder, changed, failed) {
    const watcher = watch(folder, changed);
    watcher.on('error', failed);
    return watcher;
  },
};
