import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const BANK_BOOK = /^bank-.+\.book$/;

/** The load generator's book in a folder of books. */
export function paymentBookPath(folder: string): string {
  return join(folder, 'payments.book');
}

export function bankBookPath(folder: string, bank: string): string {
  return join(folder, `bank-${bank}.book`);
}

/** The books of all banks in a folder of books. */
export function bankBookPaths(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => BANK_BOOK.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}
