import { Command, Option } from 'commander';
import type { InstanceStatus, InstanceSummary } from '../../../store/checkpoint-store.ts';
import type { CommandContext } from '../../command-context.ts';
import { withDataFolder } from '../../open-data-folder.ts';
import { dataFolder, dataOption, jsonOption, positiveInteger } from '../../shared-options.ts';
import { formatDuration, formatTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

interface Options {
  status?: InstanceStatus;
  script?: string;
  limit: number;
  data?: string;
  json?: boolean;
}

/** `waymark instances list`: newest first. */
export function instancesListCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('List instances, newest first.')
    .addOption(new Option('--status <status>', 'only these').choices(['running', 'completed', 'failed']))
    .option('--script <name>', 'only instances of this script')
    .addOption(new Option('--limit <count>', 'at most so many').default(100).argParser(positiveInteger))
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark instances list
  waymark instances list --status failed --script payment
  waymark instances list --data data/node-0 --json

A running instance is one that has not ended; its process may be gone.
A completed instance is listed as long as its result is kept for repeated requests.`,
    )
    .action(async (options: Options) => {
      const { status, script, limit } = options;
      const found = await withDataFolder(dataFolder(options.data, terminal), (store) =>
        store.list({ status, script, limit }),
      );
      if (options.json) terminal.out(JSON.stringify(found, null, 2));
      else if (found.length === 0) terminal.talk('No instances.');
      else terminal.out(asTable(found, terminal, Date.now()));
      if (!options.json && found.length === limit) terminal.talk(`The newest ${limit}; --limit shows more.`);
    });
}

function asTable(found: readonly InstanceSummary[], { colors }: Terminal, now: number): string {
  const paint = { running: colors.cyan, completed: colors.green, failed: colors.red };
  return formatTable(
    ['ID', 'SCRIPT', 'STATUS', 'CHECKPOINT', 'STARTED', 'UPDATED'],
    found.map((instance) => [
      instance.id,
      instance.script,
      paint[instance.status](instance.status),
      instance.sequence === 0 ? '-' : `${instance.sequence}`,
      `${formatDuration(now - instance.createdAt)} ago`,
      `${formatDuration(now - instance.updatedAt)} ago`,
    ]),
  );
}
