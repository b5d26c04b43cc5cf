import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { decodeBundle } from '../../../stored-bundle.ts';
import { decodeOutcome } from '../../../node/kept-outcome.ts';
import { NodeErrorCode } from '../../../node/node-error.ts';
import { decodeError } from '../../../node/replies.ts';
import type { StoreReader } from '../../../server/admin-client.ts';
import type { StoredInstance } from '../../../store/checkpoint-store.ts';
import type { CommandContext } from '../../command-context.ts';
import { errorAsData } from '../../error-report.ts';
import { findInstance } from '../../find-instance.ts';
import { framesText, type FrameToShow, valueText } from '../../frames-text.ts';
import { withDataFolder } from '../../open-data-folder.ts';
import { dataFolder, dataOption, jsonOption } from '../../shared-options.ts';
import { sourceLineReader } from '../../source-lines.ts';
import { formatDuration } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

/** `waymark instances show`: one instance, with its stack as the last checkpoint has it. */
export function instancesShowCommand({ terminal }: CommandContext): Command {
  return new Command('show')
    .description('Show an instance: where it is, and its variables, as of its last checkpoint.')
    .argument('<id>', 'id of the instance, or the beginning of it')
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark instances show 01JD2YQ8
  waymark instances show 01JD2YQ8 --data data/node-0 --json

The checkpoint is decoded with the code that it names, kept in the data folder. Nothing of the instance runs; the
packages that the script imports are loaded, from the current folder.`,
    )
    .action(async (id: string, options: { data?: string; json?: boolean }) => {
      await withDataFolder(dataFolder(options.data, terminal), async (store) => {
        const stored = await findInstance(store, id);
        const stack = await stackOf(store, stored, terminal.directory);
        if (options.json) terminal.out(JSON.stringify(asData(stored, stack), null, 2));
        else terminal.out(asText(stored, stack, terminal));
      });
    });
}

/** What the checkpoint says, or why that cannot be read; undefined when there is none. */
type Stack =
  | { readonly branches: readonly (readonly FrameToShow[])[] }
  | { readonly error: unknown }
  | undefined;

async function stackOf(store: StoreReader, stored: StoredInstance, directory: string): Promise<Stack> {
  if (stored.snapshot === undefined) return undefined;
  try {
    const code = await store.loadCode(stored.codeHash);
    if (code === undefined) throw new Error(`The store has no code ${stored.codeHash.slice(0, 12)}`);
    const bundle = decodeBundle(code);
    const { importModules, loadRealm } = await import('../../../runtime/realm.ts');
    const { inspectSnapshot } = await import('../../../runtime/inspect.ts');
    const modules = await importModules(bundle, `${pathToFileURL(directory).href}/`);
    const branches = inspectSnapshot(stored.snapshot, loadRealm(bundle, modules));
    const sourceLine = sourceLineReader(bundle);
    return {
      branches: branches.map((branch) =>
        branch.map((frame) => ({ ...frame, source: sourceLine(frame.file, frame.line) })),
      ),
    };
  } catch (error) {
    return { error };
  }
}

function outcomeOf(stored: StoredInstance): unknown {
  if (stored.outcome === undefined) return undefined;
  const text = new TextDecoder().decode(decodeOutcome(stored.outcome).body);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Without a result when the script returned undefined. */
const resultText = (stored: StoredInstance): string => {
  const outcome = outcomeOf(stored);
  return outcome === '' ? 'none' : valueText(outcome);
};

function failureText(stored: StoredInstance): string {
  const { code, message } = decodeError(decodeOutcome(stored.outcome).body, NodeErrorCode.scriptFailed);
  return `${message} (${code})`;
}

function asData(stored: StoredInstance, stack: Stack): object {
  const { snapshot, outcome: _outcome, ...summary } = stored;
  const branches = stack !== undefined && 'branches' in stack ? stack.branches : undefined;
  return {
    ...summary,
    checkpointBytes: snapshot?.length ?? 0,
    outcome: outcomeOf(stored),
    stack: branches?.map((branch) =>
      branch.map((frame) => ({
        ...frame,
        variables: frame.variables.map(({ name, value }) => ({ name, value: valueText(value, Infinity) })),
      })),
    ),
    ...(stack !== undefined && 'error' in stack ? { stackError: errorAsData(stack.error) } : {}),
  };
}

function asText(stored: StoredInstance, stack: Stack, terminal: Terminal): string {
  const { colors } = terminal;
  const now = Date.now();
  const rows: [string, string][] = [
    ['Script', `${stored.script}, code ${stored.codeHash.slice(0, 12)}`],
    ['Status', stored.status],
    ['Started', `${new Date(stored.createdAt).toISOString()}, ${formatDuration(now - stored.createdAt)} ago`],
    ['Updated', `${new Date(stored.updatedAt).toISOString()}, ${formatDuration(now - stored.updatedAt)} ago`],
    [
      'Checkpoint',
      stored.snapshot === undefined ? 'none' : `${stored.sequence}, ${stored.snapshot.length} bytes`,
    ],
  ];
  if (stored.requestId !== undefined) rows.push(['Request', stored.requestId]);
  if (stored.outcome !== undefined) {
    rows.push(stored.status === 'failed' ? ['Error', failureText(stored)] : ['Result', resultText(stored)]);
  }
  const lines = [
    colors.bold(stored.id),
    ...rows.map(([label, text]) => `  ${colors.dim(label.padEnd(10))}  ${text}`),
  ];
  if (stack === undefined) return lines.join('\n');
  if ('error' in stack) {
    const { message, fix } = errorAsData(stack.error);
    return [
      ...lines,
      '',
      colors.red(`The checkpoint cannot be shown: ${message}`),
      ...(fix ? [`  ${fix}`] : []),
    ].join('\n');
  }
  return [...lines, '', framesText(stack.branches, terminal)].join('\n');
}
