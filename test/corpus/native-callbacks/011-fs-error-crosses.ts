import { readFile } from 'node:fs';
import { readFile as read } from 'node:fs/promises';
export default async function main() {
  const byCallback = await new Promise((resolve) => {
    readFile('/no/such/file', (error) => resolve([error instanceof Error, error?.code, error?.syscall]));
  });
  let byPromise: unknown;
  try {
    await read('/no/such/file');
  } catch (error) {
    byPromise = [error instanceof Error, (error as NodeJS.ErrnoException).code];
  }
  return { byCallback, byPromise };
}
