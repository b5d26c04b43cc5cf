import type { StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StoreError, StoreErrorCode } from '../store-error.ts';
import type { Database } from './database.ts';
import { tagOf } from './key-hash.ts';

/** Owns the table of bundles by code hash. */
export class CodeTable {
  readonly #directory: string;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #hashes: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: Database) {
    this.#directory = database.directory;
    this.#insert = database.prepare('INSERT OR IGNORE INTO code (hash, checksum, bundle) VALUES (?, ?, ?)');
    this.#select = database.prepare('SELECT checksum, bundle FROM code WHERE hash = ?');
    this.#hashes = database.prepare('SELECT hash FROM code ORDER BY hash');
    this.#delete = database.prepare('DELETE FROM code WHERE hash = ?');
  }

  save(hash: string, bundle: Uint8Array): void {
    this.#insert.run(hash, crc32(bundle), bundle);
  }

  load(hash: string): Uint8Array | undefined {
    const found = this.#select.get(hash);
    if (found === undefined) return undefined;
    const bundle = found['bundle'] as Uint8Array;
    if (crc32(bundle) !== found['checksum']) {
      throw new StoreError(
        StoreErrorCode.damaged,
        `the code ${hash} stored in ${this.#directory} is damaged`,
        {
          fix: 'Instances of this code cannot run here: put the data folder back from a copy, or load the same code again.',
        },
      );
    }
    return bundle;
  }

  has(hash: string): boolean {
    return this.#select.get(hash) !== undefined;
  }

  /** Hashes that a tag of `usedTags` stands for. */
  used(usedTags: ReadonlySet<number>): string[] {
    return this.#hashes
      .all()
      .map((row) => row['hash'] as string)
      .filter((hash) => usedTags.has(tagOf(hash)));
  }

  /** Deletes what neither `keep` names nor a tag of `usedTags` stands for. Two hashes with one tag keep each other. */
  dropUnused(keep: ReadonlySet<string>, usedTags: ReadonlySet<number>): string[] {
    const dropped: string[] = [];
    for (const row of this.#hashes.all()) {
      const hash = row['hash'] as string;
      if (keep.has(hash) || usedTags.has(tagOf(hash))) continue;
      this.#delete.run(hash);
      dropped.push(hash);
    }
    return dropped;
  }
}
