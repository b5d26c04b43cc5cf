/** Starts a job in the process that serves the data folder, and watches it from here. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Properties } from '../../batch/definition/resolved-job.ts';
import { AdminClient } from '../../server/admin-client.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { dataFolder } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';
import { openJobs, type RepositoryFlags } from './job-options.ts';
import { exitCodeOfStatus, isRunning, shownState } from './execution-state.ts';
import { expectedItems } from './expected-items.ts';
import { progressReport } from './progress-report.ts';
import { printResult, type RunFlags } from './run-to-end.ts';

export interface ServedStart {
  readonly job: string;
  readonly parameters: Properties;
  readonly identity: boolean | readonly string[];
}

/**
 * Ctrl-C leaves the job running.
 * @returns the exit code
 * @throws CliError WM8029 (exit code 6) if no process serves the folder with jobs; what the start is refused with
 */
export async function startServed(
  start: ServedStart,
  flags: RunFlags & RepositoryFlags,
  terminal: Terminal,
): Promise<number> {
  const folder = dataFolder(flags.data, terminal);
  const client = await AdminClient.connect(folder);
  const begun = await client?.startJob(start);
  if (client === undefined || begun === undefined)
    throw new CliError('WM8029', `No process serves jobs with the data folder ${folder}`, {
      exitCode: EXIT.unreachable,
      fix: 'Start one with waymark serve <scripts> --jobs <folder>, or run the job here: without --served.',
    });
  const repository = await openJobs(flags, terminal);
  try {
    const expected = await expectedItems(repository, begun.jobName, begun.instanceId);
    const report = progressReport(flags, terminal, (stepName) => expected.get(stepName));
    report.began(begun, (await repository.executions(begun.instanceId)).length > 1);
    const told = new Set<number>();
    for (;;) {
      const execution = (await repository.execution(begun.id))!;
      for (const step of await repository.stepExecutions(begun.id)) {
        if (told.has(step.id) || step.endTime === undefined) continue;
        told.add(step.id);
        report.stepEnded(step);
      }
      if (!isRunning(execution)) {
        report.ended();
        const again = 'waymark job restart, with the path of the job,';
        await printResult(repository, execution, again, flags, terminal);
        return exitCodeOfStatus(execution.batchStatus);
      }
      if (terminal.interrupted.aborted) {
        report.ended();
        terminal.talk(`It runs on; waymark job stop ${begun.id} stops it.`);
        return EXIT.interrupted;
      }
      report.running(await client.jobProgress(begun.id).catch(() => []), performance.now());
      if (shownState(execution, Date.now()) === 'CRASHED') {
        report.ended();
        terminal.talk('The process that ran it is gone; it goes on when waymark serve runs again.');
        return EXIT.unreachable;
      }
      await sleep(Math.max(report.everyMs, 200));
    }
  } finally {
    await repository.close();
  }
}
