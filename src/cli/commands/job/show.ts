import { Command } from 'commander';
import type { JobExecution, JobRepository, StepExecution } from '../../../batch/repository/job-repository.ts';
import type { CommandContext } from '../../command-context.ts';
import { valueText } from '../../frames-text.ts';
import {
  checkpointsOf,
  type ShownCheckpoint,
  withWriterDatabases,
  type WriterDatabases,
} from '../../jobs/checkpoints.ts';
import { executionTree } from '../../jobs/execution-data.ts';
import { isRunning, paintState, shownState } from '../../jobs/execution-state.ts';
import { findExecution } from '../../jobs/find-execution.ts';
import {
  addDatabaseOption,
  addRepositoryOptions,
  type DatabaseFlags,
  type RepositoryFlags,
  withJobs,
} from '../../jobs/job-options.ts';
import { countsText, failureLines, stepLines } from '../../jobs/step-text.ts';
import { jsonOption } from '../../shared-options.ts';
import { formatDuration } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

/** `waymark job show`: everything that is known about an execution. */
export function jobShowCommand({ terminal }: CommandContext): Command {
  const command = new Command('show')
    .description(
      'Show an execution: its steps with their counts, what they failed with, and the last checkpoints.',
    )
    .argument('<execution>', 'id of the execution, or the name of a job: its newest');
  return addDatabaseOption(addRepositoryOptions(command), 'checkpoints there are shown too')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark job show 12
  waymark job show import --json
  waymark job show import --database sqlite:items.db

Counts of a running step are as old as its last sign of life. Checkpoints are those of the instance, as of now.`,
    )
    .action(async (named: string, options: RepositoryFlags & DatabaseFlags & { json?: boolean }) => {
      await withJobs(options, terminal, (repository) =>
        withWriterDatabases(options.database, async (databases) => {
          const execution = await findExecution(repository, named);
          const steps = await repository.stepExecutions(execution.id);
          if (options.json === true) {
            const checkpoints = (
              await Promise.all(steps.map((step) => checkpointsIn(repository, databases, execution, step)))
            )
              .flat()
              .map(checkpointData);
            const tree = await executionTree(repository, execution);
            terminal.out(JSON.stringify({ ...tree, checkpoints }, null, 2));
          } else terminal.out(await asText(repository, databases, execution, steps, terminal));
        }),
      );
    });
}

async function checkpointsIn(
  repository: JobRepository,
  databases: WriterDatabases,
  { instanceId }: JobExecution,
  { id, stepName }: StepExecution,
): Promise<readonly ShownCheckpoint[]> {
  const partitions = await repository.partitions(id);
  return checkpointsOf(repository, databases, instanceId, stepName, partitions.length);
}

/** Values that JSON does not have are written as text. */
function checkpointData({ stepName, partition, bytes, record }: ShownCheckpoint): object {
  const at = { stepName, ...(partition < 0 ? {} : { partition }), bytes };
  if (record instanceof Error) return { ...at, error: record.message };
  const { sequence, readerCheckpoint, writerCheckpoint, persistentUserData, skips } = record;
  const [reader, writer, userData] = [readerCheckpoint, writerCheckpoint, persistentUserData].map((value) =>
    valueText(value, Infinity),
  );
  return { ...at, sequence, reader, writer, userData, skips };
}

async function asText(
  repository: JobRepository,
  databases: WriterDatabases,
  execution: JobExecution,
  steps: readonly StepExecution[],
  terminal: Terminal,
): Promise<string> {
  const { outColors: colors } = terminal;
  const lines = [...headLines(execution, await repository.executions(execution.instanceId), terminal)];
  if (execution.exception !== undefined) lines.push(...failureLines(execution.exception, terminal));
  const width = Math.max(0, ...steps.map(({ stepName }) => stepName.length));
  for (const step of steps) {
    lines.push('', ...stepLines(step, terminal, width));
    if (step.guarantee !== undefined) lines.push(colors.dim(`  ${step.guarantee}`));
    for (const part of await repository.partitions(step.id)) {
      const counts = countsText(part.metrics);
      const properties = Object.entries(part.properties).map(([name, value]) => `${name}=${value}`);
      lines.push(
        `  partition ${part.index}  ${paintState(part.batchStatus, colors)}  ${[counts, ...properties].filter((text) => text !== '').join(', ')}`,
      );
    }
    const checkpoints = await checkpointsIn(repository, databases, execution, step);
    for (const checkpoint of checkpoints) lines.push(...checkpointLines(checkpoint, colors));
    if (checkpoints.length === 0 && step.guarantee?.startsWith('exactly once') === true)
      lines.push(colors.dim('  checkpoint: in that database; --database <address> shows it'));
  }
  return lines.join('\n');
}

function headLines(
  execution: JobExecution,
  all: readonly JobExecution[],
  { outColors: colors }: Terminal,
): readonly string[] {
  const now = Date.now();
  const { batchStatus, exitStatus, createTime, endTime, lease, parameters, restartAt } = execution;
  const own = exitStatus === null || exitStatus === batchStatus ? '' : `, exit status ${exitStatus}`;
  const others = all
    .filter(({ id }) => id !== execution.id)
    .map(({ id, batchStatus: was }) => `${id} ${was}`);
  const rows: [string, string][] = [
    ['Status', `${paintState(shownState(execution, now), colors)}${own}`],
    [
      'Instance',
      `${execution.instanceId}${others.length === 0 ? '' : `; other executions: ${others.join(', ')}`}`,
    ],
    ['Started', `${new Date(createTime).toISOString()}, ${formatDuration(now - createTime)} ago`],
  ];
  if (endTime !== undefined)
    rows.push(['Ended', `${new Date(endTime).toISOString()}, after ${formatDuration(endTime - createTime)}`]);
  if (isRunning(execution) && lease !== undefined)
    rows.push([
      'Lease',
      lease.until < now
        ? `of ${lease.owner}, ran out ${formatDuration(now - lease.until)} ago: a restart goes on from the last checkpoint`
        : `of ${lease.owner}, for ${formatDuration(lease.until - now)} unless it is renewed`,
    ]);
  if (restartAt !== undefined) rows.push(['Restart at', restartAt]);
  for (const [index, [name, value]] of Object.entries(parameters).entries())
    rows.push([index === 0 ? 'Parameters' : '', `${name}=${value}`]);
  return [
    colors.bold(`${execution.jobName}, execution ${execution.id}`),
    ...rows.map(([label, text]) => `  ${colors.dim(label.padEnd(10))}  ${text}`),
  ];
}

/** Skips that are shown of one checkpoint. */
const MOST_SKIPS = 10;

function checkpointLines(
  { partition, bytes, record }: ShownCheckpoint,
  colors: Terminal['colors'],
): readonly string[] {
  const of = partition < 0 ? '' : ` of partition ${partition}`;
  if (record instanceof Error) return [colors.red(`  checkpoint${of}: ${record.message}`)];
  const { sequence, readerCheckpoint, writerCheckpoint, persistentUserData, skips } = record;
  const values: readonly (readonly [string, unknown])[] = [
    ['reader', readerCheckpoint],
    ['writer', writerCheckpoint],
    ['user data', persistentUserData],
  ];
  return [
    `  checkpoint${of} ${colors.dim(`after chunk ${sequence}, ${bytes} bytes`)}`,
    ...values
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => `    ${colors.cyan(name)} = ${valueText(value)}`),
    ...skips
      .slice(-MOST_SKIPS)
      .map(({ where, position, error }) => `    skipped in ${where}, item ${position}: ${error}`),
    ...(skips.length > MOST_SKIPS ? [colors.dim(`    and ${skips.length - MOST_SKIPS} before`)] : []),
  ];
}
