/** What the script API means without durability, in virtual time: the native side of programs that import `waymark`. */
import { clock } from './native-run.ts';

/** The bytes are durable when nothing else is left to do; then `commit` runs. */
export function checkpoint<T>({ commit }: { commit?: () => T | Promise<T> } = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    clock().at(-1, () => {
      try {
        resolve(commit?.());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

/** `milliseconds` from now. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock().at(clock().now + milliseconds, resolve);
  });
}

export const self = { script: 'entry', attempt: 1, recovered: false, downtime: 0 };
