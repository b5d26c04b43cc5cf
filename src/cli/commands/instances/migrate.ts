import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { MoveRequest, MoveResult } from '../../../node/code-moves.ts';
import { AdminClient } from '../../../server/admin-client.ts';
import { CliError } from '../../cli-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { compileToRun, recompile } from '../../compile-all.ts';
import { EXIT } from '../../exit-codes.ts';
import { findInstance } from '../../find-instance.ts';
import { withDataFolder, withStoppedFolder } from '../../open-data-folder.ts';
import { dataFolder, dataOption, jsonOption } from '../../shared-options.ts';
import { formatTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

interface Options {
  to: 'latest';
  dryRun?: boolean;
  script?: string;
  scripts?: string;
  data?: string;
  json?: boolean;
}

/** `waymark instances migrate`: moves instances to the newest code of their scripts. */
export function instancesMigrateCommand({ terminal, exit }: CommandContext): Command {
  return new Command('migrate')
    .description('Move instances in flight, and failed ones, to the newest code of their scripts.')
    .argument('[ids...]', 'only these instances; the beginning of an id is enough')
    .addOption(new Option('--to <version>', 'the newest code').choices(['latest']).makeOptionMandatory())
    .option('--dry-run', 'change nothing, only say what would be moved')
    .option('--script <name>', 'only instances of this script')
    .option('--scripts <folder>', 'folder of the scripts, when no process serves the data folder')
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark instances migrate --to latest --dry-run                      while \`waymark serve\` runs
  waymark instances migrate --to latest --script payment
  waymark instances migrate --to latest --scripts scripts 01JD2YQ8...  while nothing runs

An instance is moved if every frame of it has its place in the new code; the others are refused, with the reason, and
stay as they are. A moved instance goes on from its last checkpoint, as after a crash: \`recover\` runs.
Exit code 4 if any was refused.`,
    )
    .action(async (ids: string[], options: Options) => {
      const { dryRun = false, script } = options;
      const data = dataFolder(options.data, terminal);
      const found = ids.length === 0 ? undefined : await wholeIds(data, ids);
      const request: MoveRequest = { dryRun, script, ...(found ? { ids: found } : {}) };
      const results = await move(request, data, options.scripts, terminal);
      refuseUnknown(found ?? [], results);
      if (options.json) terminal.out(JSON.stringify(results, null, 2));
      else print(results, dryRun, terminal);
      exit(results.some(({ status }) => status === 'refused') ? EXIT.conflict : EXIT.ok);
    });
}

const wholeIds = (data: string, ids: readonly string[]): Promise<readonly string[]> =>
  withDataFolder(data, (store) => Promise.all(ids.map(async (id) => (await findInstance(store, id)).id)));

async function move(
  request: MoveRequest,
  data: string,
  scripts: string | undefined,
  terminal: Terminal,
): Promise<readonly MoveResult[]> {
  const client = await AdminClient.connect(data);
  if (client !== undefined) return client.move(request);
  return withStoppedFolder(data, async (store) => {
    if (scripts === undefined) {
      throw new CliError(
        'WM8017',
        `No process serves the data folder ${data}, so the newest code is not known`,
        {
          exitCode: EXIT.usage,
          fix: 'Name the folder of the scripts with --scripts <folder>.',
        },
      );
    }
    const { moveStopped } = await import('../../../server/stopped-moves.ts');
    const reportError = (error: unknown): void => terminal.talk(String(error));
    const folder = resolve(terminal.directory, scripts);
    return moveStopped({ store, scripts: folder, compile: compileToRun, recompile, reportError }, request);
  });
}

function refuseUnknown(ids: readonly string[], results: readonly MoveResult[]): void {
  const unknown = ids.find((id) => !results.some((result) => result.id === id));
  if (unknown === undefined) return;
  throw new CliError('WM8012', `There is no instance ${unknown} in flight or failed in this data folder`, {
    exitCode: EXIT.notFound,
    fix: 'See `waymark instances list`.',
  });
}

function print(results: readonly MoveResult[], dryRun: boolean, terminal: Terminal): void {
  const { colors } = terminal;
  if (results.length === 0) {
    terminal.talk('Nothing to move: every instance runs the newest code of its script.');
    return;
  }
  const paint = { moved: colors.green, movable: colors.green, current: colors.dim, refused: colors.red };
  const words = { moved: 'moved', movable: 'can be moved', current: 'runs it already', refused: 'refused' };
  const rows = results.map(({ id, script, from, to, status, refusals, dropped }) => {
    const notes = [
      ...refusals.map(
        ({ what, place, reason }) => `${place === undefined ? '' : `${place} `}${what}: ${reason}`,
      ),
      ...dropped.map((name) => `the value of ${name} is dropped`),
    ];
    const result = `${paint[status](words[status])}${notes.length === 0 ? '' : `: ${notes.join('; ')}`}`;
    return [id, script, from.slice(0, 12), to?.slice(0, 12) ?? '-', result];
  });
  terminal.out(formatTable(['ID', 'SCRIPT', 'FROM', 'TO', 'RESULT'], rows));
  const count = (status: MoveResult['status']): number =>
    results.filter((result) => result.status === status).length;
  const told = dryRun ? `${count('movable')} can be moved` : `${count('moved')} moved`;
  terminal.talk(`${told}, ${count('refused')} refused.${dryRun ? ' Nothing was changed.' : ''}`);
}
