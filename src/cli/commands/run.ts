import { dirname } from 'node:path';
import { Command, Option } from 'commander';
import { decodeOutcome } from '../../node/kept-outcome.ts';
import type { Ending, WaymarkNode } from '../../node/node.ts';
import { NodeError, NodeErrorCode } from '../../node/node-error.ts';
import { decodeError } from '../../node/replies.ts';
import type { CheckpointStore, InstanceSummary } from '../../store/checkpoint-store.ts';
import type { CommandContext } from '../command-context.ts';
import { compileToRun } from '../compile-all.ts';
import { CliError } from '../cli-error.ts';
import { reportError } from '../error-report.ts';
import { EXIT } from '../exit-codes.ts';
import { mapStacks } from '../mapped-stacks.ts';
import { openStore } from '../open-data-folder.ts';
import { scriptFile } from '../script-files.ts';
import {
  dataFolder,
  dataOption,
  type JsonInput,
  jsonInput,
  jsonOption,
  meshFolder,
} from '../shared-options.ts';
import { storeWithOnly } from '../store-with-only.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  input?: JsonInput;
  data?: string;
  socket?: string;
  retry?: boolean;
  json?: boolean;
}

/** How long Ctrl-C waits for the instance to end or to reach a checkpoint, ms. */
const STOP_LIMIT_MS = 5000;

/** `waymark run`: one instance, to its end. */
export function runCommand({ terminal, exit }: CommandContext): Command {
  return new Command('run')
    .description(
      'Run one script to its end and print its result as JSON. Run again after a kill, it goes on.',
    )
    .argument('<script>', 'the script')
    .addOption(new Option('--input <json>', 'what the script is called with').argParser(jsonInput))
    .addOption(dataOption())
    .addOption(
      new Option(
        '--socket <folder>',
        'join the processes that find each other here, so that call() reaches them',
      ),
    )
    .option('--retry', 'go on with the last instance that failed, from its checkpoint')
    .addOption(jsonOption('errors as JSON, on stderr'))
    .addHelpText(
      'after',
      `
Examples:
  waymark run greet.ts --input '{"name":"Ada"}'
  waymark run import.ts --data data/import       its own data folder, so that others can run beside it
  waymark run order.ts --retry                   after an error, from the last checkpoint

An unfinished instance of the script in the data folder is resumed, and --input is not used.`,
    )
    .action(async (script: string, options: Options) => {
      exit(await run(await scriptFile(script, terminal), options, terminal));
    });
}

async function run(file: string, options: Options, terminal: Terminal): Promise<number> {
  mapStacks();
  const { startNode } = await import('../../node/node.ts');
  const { scriptName } = await import('../../node/script-folder.ts');
  const { openLocalTransport } = await import('../../transport/local/open-local-transport.ts');
  // A script that cannot be compiled is refused before a data folder is made for it.
  const bundle = await compileToRun(file);
  const script = scriptName(file);
  const store = await openStore(dataFolder(options.data, terminal), 'main');
  const unfinished = await store.list({ status: 'running', script, limit: 1 });
  const resumed = unfinished[0];
  const transport = await openLocalTransport(
    options.socket === undefined
      ? { name: `run-${process.pid}` }
      : { directory: meshFolder(options.socket, terminal) },
  );
  const node = await startNode({
    store: storeWithOnly(store, resumed?.id),
    transport,
    modules: dirname(file),
    compile: async (wanted) => (wanted === file ? bundle : compileToRun(wanted)),
    onEvent: (event) => {
      if (event.kind === 'problem' || event.kind === 'quarantined' || event.kind === 'store-died') {
        reportError(event.error, terminal, options.json === true);
      }
    },
  });
  try {
    await node.recovered;
    const started = begin(node, store, file, script, resumed, options, terminal);
    const ended = await Promise.race([started.then(({ ending }) => ending), interruption(terminal)]);
    if (ended === 'interrupted') return await leave(node, terminal);
    if (ended.status === 'completed') {
      // A script that returns undefined has no result to print.
      if (ended.body.length > 0) terminal.out(new TextDecoder().decode(ended.body));
      return EXIT.ok;
    }
    reportError(whyFailed(ended), terminal, options.json === true);
    // An instance that fails before its first checkpoint leaves nothing behind.
    if (options.json !== true && (await store.load((await started).id)) !== undefined)
      terminal.talk(
        terminal.colors.dim('  Its last checkpoint is kept: waymark run --retry goes on from there.'),
      );
    return EXIT.failure;
  } finally {
    await node.stop(0);
  }
}

/** In an object: a promise of a promise would be one promise. */
interface Begun {
  readonly id: string;
  readonly ending: Promise<Ending>;
}

async function begin(
  node: WaymarkNode,
  store: CheckpointStore,
  file: string,
  script: string,
  resumed: InstanceSummary | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Begun> {
  if (resumed !== undefined) {
    terminal.talk(
      terminal.colors.dim(
        `resuming ${resumed.id} from checkpoint ${resumed.sequence}${options.input === undefined ? '' : '; --input is not used'}`,
      ),
    );
    return { id: resumed.id, ending: node.ending(resumed.id) ?? keptEnding(store, resumed.id) };
  }
  if (options.retry === true) {
    const [failed] = await store.list({ status: 'failed', script, limit: 1 });
    if (failed === undefined || !(await node.retry(failed.id))) {
      throw new CliError('WM8009', `There is no failed instance of ${script} that could be retried`, {
        exitCode: EXIT.notFound,
        fix: 'See `waymark instances list --status failed`.',
      });
    }
    terminal.talk(terminal.colors.dim(`retrying ${failed.id} from checkpoint ${failed.sequence}`));
    return { id: failed.id, ending: node.ending(failed.id) ?? keptEnding(store, failed.id) };
  }
  // A request id keeps the result: it may end faster than anybody can ask for its ending after a restart.
  return node.run(file, options.input?.value, `run-${Date.now()}-${process.pid}`);
}

/** What was thrown; for a result that JSON cannot hold the node's own words. */
function whyFailed({ value, errorCode, body }: Ending): unknown {
  if (errorCode !== NodeErrorCode.resultNotEncodable) return value;
  return new NodeError(errorCode, decodeError(body, errorCode).message, {
    fix: 'Return JSON data: text for a BigInt, an array for a Map, no cycles.',
  });
}

/** How an instance ended that was restored and has ended before anybody could wait for it. */
async function keptEnding(store: CheckpointStore, id: string): Promise<Ending> {
  const stored = await store.load(id);
  const { body } = decodeOutcome(stored?.outcome);
  if (stored?.status === 'completed')
    return { status: 'completed', body, errorCode: undefined, value: undefined };
  const { code, message } = (body.length > 0 ? JSON.parse(new TextDecoder().decode(body)) : {}) as {
    code?: string;
    message?: string;
  };
  const error = new CliError('WM8010', `Instance ${id} has failed: ${message ?? 'it cannot be restored'}`, {
    exitCode: EXIT.failure,
    fix: `waymark instances show ${id} shows where.`,
  });
  return { status: 'failed', body, errorCode: code ?? error.code, value: error };
}

function interruption({ interrupted }: Terminal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (interrupted.aborted) resolve('interrupted');
    else interrupted.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}

async function leave(node: WaymarkNode, terminal: Terminal): Promise<number> {
  const report = await node.stop(STOP_LIMIT_MS);
  terminal.talk(
    report.withoutCheckpoint > 0
      ? 'Stopped before its first checkpoint; the next run starts from the beginning.'
      : 'Stopped; run the same command again to go on.',
  );
  return EXIT.interrupted;
}
