/** The leases of `--take-over`, opened as soon as JetStream can: servers that have just been started elect a leader first. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseStore } from '../transport/lease-store.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';

export interface LeaseOpening {
  /** One attempt. */
  readonly open: () => Promise<LeaseStore>;
  readonly signal: AbortSignal;
  /** Told of the first failure, and of each that is another one. */
  readonly waiting: (error: Error) => void;
  /** So long a refusal may come from servers that are not ready yet, ms. Default 20,000. */
  readonly refusalLimitMs?: number | undefined;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * A server that does not answer is asked again for ever, one that refuses until the limit. Rejects when `signal` is aborted.
 *
 * @throws CliError WM8030 (exit code 6) when JetStream refuses
 */
export async function openLeases(opening: LeaseOpening): Promise<LeaseStore> {
  const { open, signal, waiting, refusalLimitMs = 20_000 } = opening;
  const begun = performance.now();
  let told: string | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await open();
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      if (cause.name !== 'TimeoutError' && performance.now() - begun > refusalLimitMs) throw refused(cause);
      if (told !== cause.message) waiting(cause);
      told = cause.message;
    }
    await sleep(pause, undefined, { signal });
  }
}

function refused(cause: Error): CliError {
  return new CliError('WM8030', `JetStream cannot keep leases: ${cause.message}`, {
    exitCode: EXIT.unreachable,
    fix: 'Enable JetStream on the NATS servers. --lease-replicas must not be more than the servers of the cluster.',
    cause,
  });
}
