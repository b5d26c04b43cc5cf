import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { findExecution } from '../../jobs/find-execution.ts';
import { addRepositoryOptions, type RepositoryFlags, withJobs } from '../../jobs/job-options.ts';
import { jsonOption } from '../../shared-options.ts';

/** `waymark job params`: what an execution was started with. */
export function jobParamsCommand({ terminal }: CommandContext): Command {
  return addRepositoryOptions(
    new Command('params')
      .description('Print the parameters of an execution, as --parameters takes them.')
      .argument('<execution>', 'id of the execution, or the name of a job: its newest'),
  )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark job params 12
  waymark job params import --json > params.json`,
    )
    .action(async (named: string, options: RepositoryFlags & { json?: boolean }) => {
      await withJobs(options, terminal, async (repository) => {
        const { parameters } = await findExecution(repository, named);
        if (options.json === true) terminal.out(JSON.stringify(parameters, null, 2));
        else if (Object.keys(parameters).length === 0) terminal.talk('No parameters.');
        else for (const [name, value] of Object.entries(parameters)) terminal.out(`${name}=${value}`);
      });
    });
}
