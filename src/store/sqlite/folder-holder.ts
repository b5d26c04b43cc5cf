/**
 * Who holds a data folder. The lock itself is SQLite's (it goes with the process, however that ends); the file written here
 * only gives it a name, so a stale one left by kill -9 blocks nobody.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { StoreError, StoreErrorCode } from '../store-error.ts';

export const HOLDER_FILE = 'waymark.pid';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

export function writeHolder(directory: string): void {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    writeFileSync(join(directory, HOLDER_FILE), `${JSON.stringify(holder)}\n`);
  } catch {
    // On a full disk the store opens all the same; whoever else wants the folder then hears no name.
  }
}

export function removeHolder(directory: string): void {
  rmSync(join(directory, HOLDER_FILE), { force: true });
}

function readHolder(directory: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(directory, HOLDER_FILE), 'utf8')) as Partial<Holder>;
    if (typeof holder.pid !== 'number') return undefined;
    return { pid: holder.pid, host: String(holder.host), since: String(holder.since) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * True while the process that wrote its name there lives, as far as this machine can tell. Costs a small read; whether the folder is
 * free, only opening it says.
 */
export function seemsHeld(directory: string): boolean {
  const holder = readHolder(directory);
  return holder !== undefined && holder.host === hostname() && isAlive(holder.pid);
}

/** The error for somebody who found the folder locked. */
export function folderInUse(directory: string): StoreError {
  const path = resolve(directory);
  const holder = readHolder(directory);
  const fix = 'Stop that process, or give this one a data folder of its own.';
  if (holder?.pid === process.pid && holder.host === hostname()) {
    return new StoreError(
      StoreErrorCode.inUse,
      `the data folder ${path} is already open in this process (pid ${process.pid}, since ${holder.since})`,
      { fix: 'Close the other store first, or share it.' },
    );
  }
  if (holder !== undefined && (holder.host !== hostname() || isAlive(holder.pid))) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    return new StoreError(
      StoreErrorCode.inUse,
      `the data folder ${path} is in use by process ${holder.pid}${where} (since ${holder.since})`,
      { fix },
    );
  }
  return new StoreError(StoreErrorCode.inUse, `the data folder ${path} is in use by another process`, {
    fix,
  });
}
