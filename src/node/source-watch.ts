/**
 * Owns: the watches on the folders that hold source files of scripts. Only those: a script folder may contain a
 * `node_modules` with thousands of folders, and a script may import files from beside the folder. Invariant: a folder is
 * watched by the newest watch on its path, because one that was removed and made again is another folder.
 */
import { dirname, resolve } from 'node:path';
import type { NodeEnvironment } from './environment.ts';

export interface SourceWatchInit {
  readonly folder: string;
  readonly watchFolder: NodeEnvironment['watchFolder'];
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

export class SourceWatch {
  readonly #init: SourceWatchInit;
  readonly #folder: string;
  #main: { close(): void } | undefined;
  #others = new Map<string, { close(): void }>();

  constructor(init: SourceWatchInit) {
    this.#init = init;
    this.#folder = resolve(init.folder);
  }

  /** Watches the script folder itself; throws when it cannot be watched. */
  open(): void {
    const { watchFolder, changed, failed } = this.#init;
    this.#main = watchFolder(this.#folder, changed, failed);
  }

  /** Watches the folders of these files (relative to the script folder) besides; true if there is one that was not watched. */
  follow(files: readonly string[]): boolean {
    if (this.#main === undefined) return false;
    const { watchFolder, changed } = this.#init;
    const watches = new Map<string, { close(): void }>();
    let isMore = false;
    for (const folder of new Set(files.map((file) => dirname(resolve(this.#folder, file))))) {
      if (folder === this.#folder) continue;
      try {
        watches.set(
          folder,
          watchFolder(folder, changed, () => {}),
        );
        isMore ||= !this.#others.has(folder);
      } catch {
        // It is gone; when it comes again, a folder above it changes or the script is saved again.
      }
    }
    for (const watch of this.#others.values()) watch.close();
    this.#others = watches;
    return isMore;
  }

  close(): void {
    this.#main?.close();
    this.#main = undefined;
    for (const watch of this.#others.values()) watch.close();
    this.#others.clear();
  }
}
