import { Command, Option } from 'commander';
import { JobOperator } from '../../../batch/operator/job-operator.ts';
import type { BatchStatus } from '../../../batch/repository/job-repository.ts';
import type { CommandContext } from '../../command-context.ts';
import { dropOrphanedCheckpoints, withWriterDatabases } from '../../jobs/checkpoints.ts';
import {
  addDatabaseOption,
  addRepositoryOptions,
  type DatabaseFlags,
  type RepositoryFlags,
  withJobs,
} from '../../jobs/job-options.ts';
import { durationText } from '../../shared-options.ts';

interface Options extends RepositoryFlags, DatabaseFlags {
  readonly olderThan: number;
  readonly job?: string;
  readonly status: readonly BatchStatus[];
}

const ENDED: readonly BatchStatus[] = ['COMPLETED', 'ABANDONED', 'FAILED', 'STOPPED'];

/** `waymark job purge`: removes instances that ended long ago. */
export function jobPurgeCommand({ terminal }: CommandContext): Command {
  const command = new Command('purge').description(
    'Remove instances of jobs that have ended, with all that is kept about them.',
  );
  return addDatabaseOption(
    addRepositoryOptions(command),
    'checkpoints of instances that are gone are removed there',
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

  waymark job purge --older-than 30d --database postgres://me@db/billing

What is FAILED or STOPPED can no longer be restarted when it is gone. A transactional writer keeps its checkpoints in its own
database (table waymark_chunk): they are removed when the database is named, now or with a later purge.`,
    )
    .action(async ({ olderThan, job, status, database, ...flags }: Options) => {
      await withJobs(flags, terminal, (repository) =>
        withWriterDatabases(database, async (databases) => {
          const purged = await new JobOperator({ repository }).purge({
            before: Date.now() - olderThan,
            statuses: status,
            ...(job === undefined ? {} : { jobName: job }),
          });
          terminal.talk(`${purged} ${purged === 1 ? 'instance is' : 'instances are'} purged.`);
          if (databases.length > 0) {
            const cleared = await dropOrphanedCheckpoints(repository, databases);
            terminal.talk(
              `Checkpoints of ${cleared} ${cleared === 1 ? 'instance' : 'instances'} are removed.`,
            );
          } else if (purged > 0)
            terminal.talk(
              terminal.colors.dim('Checkpoints that are in databases of writers stay there: see --database.'),
            );
        }),
      );
    });
}
