import { Command, Option } from 'commander';
import { JobOperator } from '../../../batch/operator/job-operator.ts';
import type { BatchStatus } from '../../../batch/repository/job-repository.ts';
import type { CommandContext } from '../../command-context.ts';
import { addRepositoryOptions, type RepositoryFlags, withJobs } from '../../jobs/job-options.ts';
import { durationText } from '../../shared-options.ts';

interface Options extends RepositoryFlags {
  readonly olderThan: number;
  readonly job?: string;
  readonly status: readonly BatchStatus[];
}

const ENDED: readonly BatchStatus[] = ['COMPLETED', 'ABANDONED', 'FAILED', 'STOPPED'];

/** `waymark job purge`: removes instances that ended long ago. */
export function jobPurgeCommand({ terminal }: CommandContext): Command {
  return addRepositoryOptions(
    new Command('purge').description(
      'Remove instances of jobs that have ended, with all that is kept about them.',
    ),
  )
    .addOption(
      new Option('--older-than <time>', 'that ended longer ago: 30d, 12h; 0s: all')
        .argParser(durationText)
        .makeOptionMandatory(),
    )
    .option('--job <name>', 'only of this job')
    .addOption(
      new Option('--status <statuses...>', 'whose last execution has this status')
        .choices(ENDED)
        .default(['COMPLETED', 'ABANDONED']),
    )
    .addHelpText(
      'after',
      `
Examples:
  waymark job purge --older-than 30d
  waymark job purge --older-than 0s --job import --status FAILED STOPPED

What is FAILED or STOPPED can no longer be restarted when it is gone. Checkpoints that a transactional writer keeps in its own
database (table waymark_chunk) stay there; the job operator's purge removes them too, when it is given the database.`,
    )
    .action(async ({ olderThan, job, status, ...flags }: Options) => {
      await withJobs(flags, terminal, async (repository) => {
        const purged = await new JobOperator({ repository }).purge({
          before: Date.now() - olderThan,
          statuses: status,
          ...(job === undefined ? {} : { jobName: job }),
        });
        terminal.talk(`${purged} ${purged === 1 ? 'instance is' : 'instances are'} purged.`);
      });
    });
}
