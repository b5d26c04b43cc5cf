/** Runs an execution in this process to its end, told to whoever watches, stopped by Ctrl-C. */
import type { JobOperator } from '../../batch/operator/job-operator.ts';
import type { JobExecution, JobRepository, StepExecution } from '../../batch/repository/job-repository.ts';
import { EXIT } from '../exit-codes.ts';
import { formatDuration } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { beginWhenFree } from './begin-when-free.ts';
import { executionTree } from './execution-data.ts';
import { exitCodeOfStatus, paintState } from './execution-state.ts';
import { expectedItems } from './expected-items.ts';
import { type ProgressReport, progressReport, type ReportFlags } from './progress-report.ts';
import { failureLines } from './step-text.ts';

export interface RunFlags extends ReportFlags {
  readonly wait: boolean;
}

/**
 * @param begin Starts or restarts an execution.
 * @param again What a person types to go on after it has stopped or failed.
 * @returns the exit code
 */
export async function runToEnd(
  operator: JobOperator,
  begin: () => Promise<number>,
  again: string,
  flags: RunFlags,
  terminal: Terminal,
): Promise<number> {
  const { repository } = operator;
  const id = await beginWhenFree(begin, flags.wait, repository, terminal);
  if (id === undefined) return EXIT.interrupted;
  const begun = await operator.getJobExecution(id);
  const expected = await expectedItems(repository, begun.jobName, begun.instanceId);
  const report = progressReport(flags, terminal, (stepName) => expected.get(stepName));
  const restarted = (await repository.executions(begun.instanceId)).length > 1;
  report.began(begun, restarted);
  const stop = (): void => {
    report.stopping();
    // An execution that has just ended is not running.
    operator.stop(id).catch(() => {});
  };
  const { interrupted } = terminal;
  if (interrupted.aborted) stop();
  interrupted.addEventListener('abort', stop, { once: true });
  try {
    const ended = await watched(operator, id, report);
    report.ended();
    await printResult(repository, ended, again, flags, terminal);
    return exitCodeOfStatus(ended.batchStatus);
  } finally {
    report.ended();
    interrupted.removeEventListener('abort', stop);
  }
}

/** Tells of each step that has ended, once. */
async function watched(operator: JobOperator, id: number, report: ProgressReport): Promise<JobExecution> {
  const { repository } = operator;
  const told = new Set<number>();
  let running = new Set<number>();
  const tellEnded = async (): Promise<void> => {
    for (const step of await repository.stepExecutions(id)) {
      if (told.has(step.id) || step.endTime === undefined) continue;
      told.add(step.id);
      report.stepEnded(step);
    }
  };
  let looking = Promise.resolve();
  const look = (): void => {
    const steps = operator.getProgress(id) ?? [];
    const now = new Set(steps.map(({ stepExecutionId }) => stepExecutionId));
    if ([...running].some((step) => !now.has(step))) looking = looking.then(tellEnded).catch(() => {});
    running = now;
    report.running(steps, performance.now());
  };
  const timer = setInterval(look, report.everyMs);
  try {
    const ended = await operator.finished(id);
    await looking;
    await tellEnded();
    return ended;
  } finally {
    clearInterval(timer);
  }
}

export async function printResult(
  repository: JobRepository,
  ended: JobExecution,
  again: string,
  { json, quiet }: RunFlags,
  terminal: Terminal,
): Promise<void> {
  if (json === true) {
    terminal.out(JSON.stringify(await executionTree(repository, ended), null, 2));
    return;
  }
  const { batchStatus, exitStatus, exception } = ended;
  if (exception !== undefined) for (const line of failureLines(exception, terminal)) terminal.talk(line);
  const steps = await repository.stepExecutions(ended.id);
  if (quiet === true) tellFailures(steps, terminal);
  const status = paintState(batchStatus, terminal.outColors);
  const own = exitStatus === null || exitStatus === batchStatus ? '' : ` (${exitStatus})`;
  const took = formatDuration((ended.endTime ?? Date.now()) - ended.createTime);
  if (quiet !== true) terminal.out(`${ended.jobName}: ${status}${own} in ${took}`);
  if (quiet !== true && (batchStatus === 'FAILED' || batchStatus === 'STOPPED'))
    terminal.talk(terminal.colors.dim(`${again} goes on from the last checkpoint.`));
}

function tellFailures(steps: readonly StepExecution[], terminal: Terminal): void {
  for (const { stepName, exception } of steps) {
    if (exception === undefined) continue;
    terminal.talk(`step ${stepName} has failed`);
    for (const line of failureLines(exception, terminal)) terminal.talk(line);
  }
}
