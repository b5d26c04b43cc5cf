import { stat } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { milliseconds } from '../../duration.ts';
import type { AdminChannel } from '../../server/admin-channel.ts';
import type { ReplicationOptions } from '../../node/replication/replication.ts';
import type { NodeEvent, StopReport, WaymarkNode } from '../../node/node.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { compileToRun, recompile } from '../compile-all.ts';
import { CompileError } from '../../compiler/diagnostics/diagnostic.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { openLeases } from '../open-leases.ts';
import { standBy } from '../standby.ts';
import { mapStacks } from '../mapped-stacks.ts';
import { openStore } from '../open-data-folder.ts';
import {
  addServedJobsOptions,
  openJobs,
  type ServedJobs,
  type ServedJobsFlags,
} from '../jobs/served-jobs.ts';
import { ActivityMeter } from '../activity-meter.ts';
import { addHttpOptions, type HttpFlags, openEndpoint } from '../http-options.ts';
import { addReplicationOptions, replicationOf, type ReplicationFlags } from '../replication-options.ts';
import { replicationSentence, reporterFor, type ServeReporter } from '../serve-report.ts';
import { dataFolder, dataOption, durationText, jsonOption, positiveInteger } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';
import {
  addTransportOptions,
  describe,
  openTransport,
  type OpenedTransport,
  type TransportFlags,
} from '../transport-options.ts';
import { packageVersion } from '../version.ts';

interface Options extends TransportFlags, ReplicationFlags, HttpFlags, ServedJobsFlags {
  data?: string;
  prefix?: string;
  maxInFlight: number;
  watch: boolean;
  keepResults: number;
  standby?: boolean;
  json?: boolean;
}

const ACTIVITY_EVERY_MS = 1000;
/** Failed instances are counted up to this many. */
const MOST_COUNTED = 10_000;

/** `waymark serve`: one node, until it is stopped. */
export function serveCommand({ terminal, exit }: CommandContext): Command {
  const command = new Command('serve')
    .description('Serve every script of a folder, each under its file name, until stopped.')
    .argument('<folder>', 'folder of scripts')
    .addOption(dataOption())
    .addOption(
      new Option('--prefix <text>', 'serve scripts under this prefix and a dot').env('WAYMARK_PREFIX'),
    )
    .addOption(
      new Option('--max-in-flight <count>', 'refuse requests beyond so many instances in flight')
        .default(10_000)
        .argParser(positiveInteger),
    )
    .addOption(
      new Option('--keep-results <time>', 'how long repeated requests get the kept result')
        .default(milliseconds('1h'), '1h')
        .argParser(durationText),
    )
    .option('--no-watch', 'do not serve edited scripts anew')
    .option('--standby', 'wait, ready, while another process holds the data folder; then serve')
    .addOption(jsonOption('log lines as JSON, on stderr'));
  return addHttpOptions(addReplicationOptions(addTransportOptions(addServedJobsOptions(command))))
    .addHelpText(
      'after',
      `
Examples:
  waymark serve scripts
  waymark serve scripts --data data/node-0 --socket data/mesh     one of several nodes that share requests
  waymark serve scripts --nats nats://127.0.0.1:4222 --node-id node-0    one of a cluster; node-1 keeps its copies
  waymark serve scripts --jobs jobs                               batch jobs too: waymark job start import --served
  waymark serve scripts --http 127.0.0.1:9464                     metrics for Prometheus, and whether it is ready
  waymark serve scripts --json                                    log lines for a program

Unfinished instances of the data folder go on. When stderr is no terminal, one JSON object per line is logged.
Ctrl-C and SIGTERM let instances end or reach a checkpoint for up to 10 s; a second one ends at once.`,
    )
    .action(async (folder: string, options: Options) => {
      const scripts = resolve(terminal.directory, folder);
      if (!(await stat(scripts).catch(() => undefined))?.isDirectory()) {
        throw new CliError('WM8008', `There is no folder ${folder}`, {
          exitCode: EXIT.notFound,
          fix: 'Name the folder of your scripts.',
        });
      }
      exit(await serve(scripts, options, terminal));
    });
}

async function serve(scripts: string, options: Options, terminal: Terminal): Promise<number> {
  mapStacks();
  const reporter = reporterFor(terminal, options.json === true || !terminal.interactive);
  const data = dataFolder(options.data, terminal);
  const died = Promise.withResolvers<'died'>();
  const onEvent = eventReporter(reporter, terminal.directory, () => died.resolve('died'));
  // The store's thread reads what is in flight while this one loads what a node needs: so it is begun before that.
  const opening = options.standby ? standBy(data, scripts, reporter, terminal) : openStore(data);
  opening.catch(() => {});
  await import('../../store/sqlite/open-sqlite-store.ts');
  const [{ WaymarkNode: Node }, { AdminChannel }] = await Promise.all([
    import('../../node/node.ts'),
    import('../../server/admin-channel.ts'),
  ]);
  const store = await opening;
  // Stopped while it stood by.
  if (store === undefined) return terminal.interrupted.reason === 'SIGTERM' ? EXIT.ok : EXIT.interrupted;
  const isNewDisk = (await store.list({ limit: 1 })).length === 0;
  const fatal = (error: unknown): void => onEvent.handle({ kind: 'store-died', error: error as Error });
  const { opened, copies } = await (async () => ({
    copies: await replicationOf(options, data, isNewDisk, fatal),
    opened: await openTransport(options, terminal, {
      error: (error) => reporter.problem('transport', error),
      state: (state) => reporter.event('transport', describe(state), { ...state }),
    }),
  }))().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const { transport, description, nats } = opened;
  let node: WaymarkNode | undefined;
  let jobs: ServedJobs | undefined;
  // Before all that may take long, so that a node that waits can be seen waiting.
  const endpoint = await openEndpoint(options, {
    nodeId: options.nodeId,
    dataFolder: data,
    storeStats: () => store.stats(),
    nats,
    status: () => node?.status(),
    jobs: () => jobs?.host.sample(),
    reportError: (error) => reporter.problem('http', error),
  }).catch(async (error: unknown) => {
    await transport.close();
    await store.close();
    throw error;
  });
  let admin: AdminChannel | undefined;
  try {
    const leases = withLeases(copies, options, opened, terminal.interrupted, reporter);
    if (await isInterrupted(terminal, leases)) return leave(reporter, terminal);
    const replication = await leases;
    node = new Node({
      store,
      transport,
      // Partitions that other nodes run for a job of this one are stopped through the transport.
      beforeTransportCloses: async () => jobs?.close(),
      scripts,
      id: options.nodeId,
      prefix: options.prefix,
      replication,
      compile: compileToRun,
      recompile,
      watch: options.watch,
      maxInFlight: options.maxInFlight,
      resultTtlMs: options.keepResults,
      longRunningMs: options.longRunning,
      onEvent: onEvent.handle,
    });
    // It may wait for its lease, or with a new disk for its peer, for as long as they take.
    if (await isInterrupted(terminal, node.open())) return leave(reporter, terminal);
    jobs = await openJobs(options, data, transport, reporter, terminal);
    admin = await AdminChannel.open({ folder: data, node, store, jobs: jobs?.host });
    await node.recovered;
    const status = node.status();
    const failed = await store.list({ status: 'failed', limit: MOST_COUNTED });
    reporter.serving({
      version: packageVersion(),
      pid: process.pid,
      dataFolder: data,
      transport: description(),
      replication: replicationSentence(status.replication),
      http: endpoint?.url,
      loaded: status.scripts.map(({ name, hash }) => ({ name, hash })),
      failed: status.refused.map(({ file, error }) => ({
        file: shownPath(file, terminal.directory),
        reasons: reasonsOf(file, error, terminal.directory),
      })),
      jobs: jobs?.host.jobNames,
      failedJobs: jobs?.failed ?? [],
      recovered: status.statistics.recovered,
      attention: Math.max(failed.length, status.statistics.quarantined),
    });
    onEvent.start();
    // A process that is killed writes no cache, and it is the next one that is to start quickly.
    flushCompileCache();
    await jobs?.host.recover();
    return await untilStopped(node, jobs, reporter, terminal, died.promise);
  } finally {
    await admin?.close();
    await jobs?.close();
    await node?.stop();
    await endpoint?.close();
    // What was never handed to a node.
    if (node === undefined) {
      await transport.close();
      await store.close();
    }
  }
}

/** With `--take-over` a node waits for JetStream: without its lease it may not run anything. */
async function withLeases(
  replication: ReplicationOptions | undefined,
  { takeOver, leaseReplicas }: ReplicationFlags,
  { openLeases: open, connected }: OpenedTransport,
  signal: AbortSignal,
  reporter: ServeReporter,
): Promise<ReplicationOptions | undefined> {
  if (takeOver === undefined || replication === undefined) return replication;
  if (!open) {
    throw new CliError('WM8020', '--take-over needs NATS with JetStream', {
      exitCode: EXIT.usage,
      fix: 'Name the servers with --nats, or leave out --take-over.',
    });
  }
  await connected;
  const leases = await openLeases({
    open: () => open(takeOver, leaseReplicas),
    signal,
    waiting: (error) => reporter.problem('lease', error),
  });
  return { ...replication, leases };
}

/** True as soon as the process is asked to stop, false when the work is done. Rejects as the work does. */
async function isInterrupted({ interrupted }: Terminal, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stop = (): void => resolve(true);
  if (interrupted.aborted) stop();
  interrupted.addEventListener('abort', stop, { once: true });
  // What becomes of it afterwards is nobody's concern.
  work.catch(() => {});
  try {
    return await Promise.race([promise, work.then(() => interrupted.aborted)]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}

/** Stopped before it has served. */
function leave(reporter: ServeReporter, { interrupted }: Terminal): number {
  reporter.event('stopped', 'Stopped.');
  return interrupted.reason === 'SIGTERM' ? EXIT.ok : EXIT.interrupted;
}

async function untilStopped(
  node: WaymarkNode,
  jobs: ServedJobs | undefined,
  reporter: ServeReporter,
  terminal: Terminal,
  died: Promise<'died'>,
): Promise<number> {
  const meter = new ActivityMeter();
  const timer = setInterval(() => {
    const activity = meter.since(node.status());
    if (activity !== undefined) reporter.activity(activity);
  }, ACTIVITY_EVERY_MS);
  const { interrupted } = terminal;
  const asked = Promise.withResolvers<'asked'>();
  const ask = (): void => asked.resolve('asked');
  if (interrupted.aborted) ask();
  interrupted.addEventListener('abort', ask, { once: true });
  const why = await Promise.race([asked.promise, died]);
  clearInterval(timer);
  if (why === 'died') return EXIT.failure;
  reporter.event('stopping', `Stopping: ${node.status().inFlight} in flight.`);
  const [report] = await Promise.all([node.stop(), jobs?.close()]);
  reporter.event('stopped', stoppedSentence(report), { ...report });
  return interrupted.reason === 'SIGTERM' ? EXIT.ok : EXIT.interrupted;
}

function stoppedSentence(report: StopReport): string {
  const parts = [
    [report.ended, 'ended'],
    [report.atCheckpoint + report.beyondCheckpoint, 'go on at the next start'],
    [report.withoutCheckpoint, 'had no checkpoint: their requests have to be sent again'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? 'Stopped.' : `Stopped: ${told.join(', ')}.`;
}

/** Events before `start` that the banner tells anyway are left out. */
function eventReporter(reporter: ServeReporter, directory: string, died: () => void) {
  let started = false;
  const handle = (event: NodeEvent): void => {
    switch (event.kind) {
      case 'script': {
        const { change } = event;
        if (!started) return;
        if (change.kind === 'refused') {
          const file = shownPath(change.file, directory);
          reporter.problem('script-refused', change.error, { file });
        } else {
          reporter.event(`script-${change.kind}`, `${change.name}: ${change.kind}`, { hash: change.hash });
        }
        return;
      }
      case 'instance-failed':
        reporter.problem('instance-failed', event.error, { id: event.id, script: event.script });
        return;
      case 'quarantined':
        reporter.problem('quarantined', event.error, { id: event.entry.id, script: event.entry.script });
        return;
      case 'problem':
        reporter.problem('problem', event.error);
        return;
      case 'replication':
        reporter.event('replication', `Replication: ${replicationSentence(event.status)}`, {
          ...event.status,
        });
        if (event.status.state === 'taken-over') died();
        return;
      case 'lease-lost':
        reporter.event('lease-lost', `This node may no longer run its instances: ${event.reason}.`);
        died();
        return;
      case 'store-died':
        reporter.problem('store-died', event.error);
        died();
        return;
      case 'recovered':
    }
  };
  return { handle, start: () => void (started = true) };
}

/** One line for each diagnostic: `scripts/bad.ts:3:4 WM1013 message`. */
function reasonsOf(file: string, error: unknown, directory: string): string[] {
  if (error instanceof CompileError) {
    return error.diagnostics.map(
      (found) =>
        `${shownPath(found.file, directory)}:${found.line}:${found.column} ${found.code} ${found.message}`,
    );
  }
  return [`${shownPath(file, directory)}: ${error instanceof Error ? error.message : String(error)}`];
}
