import { Command } from 'commander';
import { CliError } from '../../cli-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { instancesBeginningWith, unknownInstance } from '../../find-instance.ts';
import { type InstanceActions, withInstances } from '../../instance-actions.ts';
import { dataFolder, dataOption } from '../../shared-options.ts';
import type { StoredInstance } from '../../../store/checkpoint-store.ts';

/** `waymark instances purge`: removes every trace of instances. */
export function instancesPurgeCommand({ terminal }: CommandContext): Command {
  return new Command('purge')
    .description('Remove instances with their checkpoint or result: they cannot go on any more.')
    .argument('<ids...>', 'whole ids of instances')
    .option('--force', 'also those that are in flight: they are stopped where they are')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark instances list --status failed
  waymark instances purge 01JD2YQ8KXMR3ZB7W5N4T6V9HC

A repeated request with the id of a purged instance starts a new one.`,
    )
    .action(async (ids: string[], options: { force?: boolean; data?: string }) => {
      await withInstances(dataFolder(options.data, terminal), async (instances) => {
        // All of them are looked at before the first is removed.
        const found: StoredInstance[] = [];
        for (const id of ids) found.push(await exactly(instances, id));
        if (options.force !== true) for (const instance of found) refuse(instance);
        for (const { id, script, status } of found) {
          if (!(await instances.purge(id))) throw unknownInstance(id, 'It has gone meanwhile.');
          terminal.out(`${id} (${script}, ${status}) is purged`);
        }
      });
    });
}

/** What is removed is named in full. */
async function exactly(instances: InstanceActions, id: string): Promise<StoredInstance> {
  const found = await instances.load(id);
  if (found !== undefined) return found;
  const similar = await instancesBeginningWith(instances, id);
  throw unknownInstance(
    id,
    similar.length === 0
      ? 'See `waymark instances list`.'
      : `To purge, give the whole id: ${similar.slice(0, 3).join(', ')}${similar.length > 3 ? ' ...' : ''}`,
  );
}

function refuse({ id, status, script }: StoredInstance): void {
  if (status !== 'running') return;
  throw new CliError('WM8019', `Instance ${id} of "${script}" is in flight: what it has done would be lost`, {
    exitCode: EXIT.conflict,
    fix: 'Wait for its end, or give --force.',
  });
}
