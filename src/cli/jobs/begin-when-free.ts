/** Tells a crash from a live run: whoever lives renews its lease. */
import { setTimeout as sleep } from 'node:timers/promises';
import { JobExecutionIsRunningError } from '../../batch/batch-error.ts';
import type { JobRepository } from '../../batch/repository/job-repository.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { formatDuration } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { isRunning } from './execution-state.ts';

const LOOK_EVERY_MS = 200;

/**
 * Starts an execution. If an earlier one of the instance says that it runs, waits until its lease has run out, or until it is seen that it is renewed.
 *
 * @param wait False: such a start is refused at once.
 * @returns the id; undefined if Ctrl-C was pressed before
 * @throws CliError WM9053 (exit code 4) if the earlier one is alive, or may be; what `begin` throws
 */
export async function beginWhenFree(
  begin: () => Promise<number>,
  wait: boolean,
  repository: JobRepository,
  terminal: Terminal,
): Promise<number | undefined> {
  let seenUntil: number | undefined;
  while (!terminal.interrupted.aborted) {
    let running: JobExecutionIsRunningError;
    try {
      return await begin();
    } catch (error) {
      if (!(error instanceof JobExecutionIsRunningError)) throw error;
      running = error;
    }
    const execution = await repository.execution(running.executionId);
    const lease = execution?.lease;
    // It has ended just now.
    if (execution === undefined || lease === undefined || !isRunning(execution)) continue;
    const isRenewed = seenUntil !== undefined && lease.until > seenUntil;
    if (!wait || isRenewed) throw refused(running, lease.owner, lease.until, isRenewed);
    if (seenUntil === undefined)
      terminal.talk(
        `Execution ${execution.id} belongs to ${lease.owner}. If that has crashed, its lease runs out ${until(lease.until)}; waiting for that, or for a sign of life.`,
      );
    seenUntil = lease.until;
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

function refused(
  cause: JobExecutionIsRunningError,
  owner: string,
  leaseUntil: number,
  isAlive: boolean,
): CliError {
  const what = `Job execution ${cause.executionId} is running in ${owner}`;
  return new CliError(
    'WM9053',
    isAlive
      ? `${what}: it has renewed its lease just now`
      : `${what}: its lease runs out ${until(leaseUntil)}`,
    {
      exitCode: EXIT.conflict,
      fix: isAlive
        ? `Wait for its end, or stop it: waymark job stop ${cause.executionId}`
        : 'Without --no-wait the command waits, and goes on if the lease runs out.',
    },
  );
}

/** `at 12:00:05, in 21 s`. */
function until(time: number): string {
  const left = Math.max(0, time - Date.now());
  return `at ${new Date(time).toTimeString().slice(0, 8)}, in ${formatDuration(left)}`;
}
