/** Loads packages in a thread of its own, to see what they export: what they open is closed with the thread. */
import { parentPort } from 'node:worker_threads';
import { exportNames } from '../runtime/realm.ts';

export interface Question {
  readonly number: number;
  readonly specifier: string;
  readonly parent: string;
}

export interface Reply {
  readonly number: number;
  /** Undefined when loading the package fails. */
  readonly names: readonly string[] | undefined;
  readonly isMissing: boolean;
}

parentPort?.on('message', ({ number, specifier, parent }: Question) => {
  const answer = (reply: Omit<Reply, 'number'>): void =>
    parentPort?.postMessage({ number, ...reply } satisfies Reply);
  exportNames(specifier, parent).then(
    (names) => answer({ names, isMissing: false }),
    () => answer({ names: undefined, isMissing: true }),
  );
});
