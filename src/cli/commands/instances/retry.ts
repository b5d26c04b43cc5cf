import { Command } from 'commander';
import { CliError } from '../../cli-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { findInstance } from '../../find-instance.ts';
import { withInstances } from '../../instance-actions.ts';
import { dataFolder, dataOption } from '../../shared-options.ts';
import type { StoredInstance } from '../../../store/checkpoint-store.ts';

/** `waymark instances retry`: a failed instance goes on from its last checkpoint. */
export function instancesRetryCommand({ terminal }: CommandContext): Command {
  return new Command('retry')
    .description('Let failed instances go on from their last checkpoint.')
    .argument('<ids...>', 'ids of failed instances, or their beginnings')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark instances list --status failed
  waymark instances retry 01JD2YQ8

An instance goes on as after a crash, in the code that it has: \`recover\` of its last checkpoint runs. To go on in corrected
code, move it first with \`waymark instances migrate\`. While nothing serves the data folder it goes on with the next start.`,
    )
    .action(async (ids: string[], options: { data?: string }) => {
      await withInstances(dataFolder(options.data, terminal), async (instances) => {
        // All of them are looked at before the first is changed.
        const found: StoredInstance[] = [];
        for (const id of ids) found.push(await findInstance(instances, id));
        for (const instance of found) refuse(instance);
        for (const { id, script, sequence } of found) {
          if (!(await instances.retry(id))) throw notRestored(id);
          const when = instances.isRunning ? 'goes on' : 'will go on with the next start';
          terminal.out(`${id} (${script}) ${when} from checkpoint ${sequence}`);
        }
      });
    });
}

function refuse({ id, status, snapshot, damaged }: StoredInstance): void {
  if (status === 'failed' && snapshot !== undefined && damaged === undefined) return;
  const why =
    status === 'running'
      ? 'it has not failed: it is in flight'
      : status === 'completed'
        ? 'it has completed'
        : damaged === undefined
          ? 'it failed before its first checkpoint'
          : `its checkpoint is damaged: ${damaged}`;
  throw new CliError('WM8018', `Instance ${id} cannot be retried: ${why}`, {
    exitCode: EXIT.conflict,
    fix: 'See `waymark instances show`. Send a request again that failed before its first checkpoint.',
  });
}

function notRestored(id: string): CliError {
  return new CliError(
    'WM8018',
    `Instance ${id} could not be retried: it has changed, or cannot be restored`,
    {
      exitCode: EXIT.conflict,
      fix: 'See `waymark instances show` and the log of `waymark serve`.',
    },
  );
}
