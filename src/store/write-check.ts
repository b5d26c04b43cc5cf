import type { CheckpointWrite, OutcomeWrite } from './checkpoint-store.ts';
import { StoreError, StoreErrorCode } from './store-error.ts';

/** Longest id, script name, code hash or request id, in UTF-8 bytes. */
const MOST_TEXT_BYTES = 65_535;
const LONGEST_LOOKED_AT = 80;
/** Largest snapshot or outcome, in bytes. SQLite's limit for a row is a little under 1 GB, and both may be in one. */
const MOST_BYTES = 400_000_000;

function refuse(write: { readonly id: string }, what: string, fix: string): StoreError {
  return new StoreError(StoreErrorCode.invalidWrite, `instance ${JSON.stringify(write.id)}: ${what}`, {
    fix,
  });
}

function checkText(write: { readonly id: string }, name: string, text: string): void {
  // Three bytes per unit at most, so a short text needs no count.
  if (text.length > MOST_TEXT_BYTES / 3 && Buffer.byteLength(text) > MOST_TEXT_BYTES) {
    throw refuse(write, `its ${name} is longer than ${MOST_TEXT_BYTES} bytes`, `Shorten the ${name}.`);
  }
  if (!isPlain(text) && (!text.isWellFormed() || text.includes('\0'))) {
    throw refuse(
      write,
      `its ${name} has a lone surrogate or a NUL character, which cannot be stored`,
      `Use printable text as ${name}.`,
    );
  }
}

/** True for nearly every text that is short: it has no NUL and no surrogate. Faster than the built-in methods. */
function isPlain(text: string): boolean {
  const { length } = text;
  if (length > LONGEST_LOOKED_AT) return false;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0 || unit >= 0xd800) return false;
  }
  return true;
}

function checkBytes(write: { readonly id: string }, name: string, bytes: Uint8Array): void {
  if (bytes.length > MOST_BYTES) {
    throw refuse(
      write,
      `its ${name} has ${bytes.length} bytes; a store takes ${MOST_BYTES}`,
      'Keep large data outside the script (a file, a database) and hold a reference to it.',
    );
  }
}

/** @throws StoreError WM5008, not fatal, if a store could not keep this write exactly. */
export function checkWrite(write: CheckpointWrite | OutcomeWrite): void {
  if (write.id === '') throw refuse(write, 'its id is empty', 'Give every instance an id of its own.');
  checkText(write, 'id', write.id);
  checkText(write, 'script name', write.script);
  checkText(write, 'code hash', write.codeHash);
  if (write.requestId !== undefined) checkText(write, 'request id', write.requestId);
  if (!Number.isSafeInteger(write.sequence) || write.sequence < 0) {
    throw refuse(write, `its sequence is ${write.sequence}`, 'Number checkpoints 1, 2, 3 ...');
  }
  if (!Number.isFinite(write.createdAt) || !Number.isFinite(write.at)) {
    throw refuse(write, 'a time is not a finite number', 'Give times in milliseconds since the epoch.');
  }
  if ('snapshot' in write) checkBytes(write, 'snapshot', write.snapshot);
  else checkBytes(write, 'outcome', write.outcome);
}
