/**
 * One member: composes scripts, runtime, store and transport. Owns the order in which its parts begin; `shut-down.ts` has
 * that in which they end. Invariants:
 *
 * 1. Recovery begins before the first request is taken, and goes on while requests are served.
 * 2. After `stop` has resolved nothing of the node runs, and store and transport are closed.
 * 3. When the store dies every instance is stopped where it is: what is durable goes on in the next process.
 */
import { pathToFileURL } from 'node:url';
import type { CheckpointStore, StoredInstance } from '../store/checkpoint-store.ts';
import { Administration } from './administration.ts';
import { Admission } from './admission.ts';
import { Calls } from './calls.ts';
import { CheckpointWriter } from './checkpoint-writer.ts';
import { CodeLibrary } from './code-library.ts';
import { DirectRuns } from './direct-runs.ts';
import { type NodeEnvironment, processEnvironment } from './environment.ts';
import { GracefulStop, type StopReport } from './graceful-stop.ts';
import { newInstanceId } from './instance-id.ts';
import { InstanceHost } from './instance-host.ts';
import { InstanceTable } from './instance-table.ts';
import type { Ending, LiveInstance } from './live-instance.ts';
import { describeNode } from './node-status.ts';
import type { LiveSummary, NodeEvent, NodeOptions, NodeState, NodeStatus } from './node-options.ts';
import { sendOwedReplies } from './owed-replies.ts';
import { Recovery } from './recovery.ts';
import { RepeatFinder } from './repeat-finder.ts';
import { Replication } from './replication/replication.ts';
import type { ReplicationStatus } from './replication/replication-session.ts';
import { Replies } from './replies.ts';
import { Requests } from './requests.ts';
import { ResultExpiry } from './result-expiry.ts';
import { Results } from './results.ts';
import { ScriptDirectory } from './script-directory.ts';
import { shutDown } from './shut-down.ts';
import { StatisticsBook } from './statistics.ts';
import { TimerQueue } from './timer-queue.ts';

export type { Ending } from './live-instance.ts';
export type * from './node-options.ts';
export type { StopReport } from './graceful-stop.ts';

/**
 * Opens the node, begins recovery, serves the scripts of its folder. Resolves when scripts are served; recovery goes on
 * (`node.recovered`).
 * @throws NodeError WM7012 when the script folder cannot be read
 */
export async function startNode(options: NodeOptions): Promise<WaymarkNode> {
  const node = new WaymarkNode(options);
  await node.open();
  return node;
}

export class WaymarkNode {
  readonly id: string;
  /** Resolves when every unfinished instance of the store runs again or has been put in quarantine. */
  readonly recovered: Promise<void>;
  readonly #options: NodeOptions;
  readonly #environment: NodeEnvironment;
  readonly #statistics = new StatisticsBook();
  readonly #replication: Replication | undefined;
  readonly #store: CheckpointStore;
  readonly #timers: TimerQueue;
  readonly #admission: Admission;
  readonly #administration: Administration;
  readonly #code: CodeLibrary;
  readonly #table: InstanceTable;
  readonly #writer: CheckpointWriter;
  readonly #replies: Replies;
  readonly #host: InstanceHost;
  readonly #requests: Requests;
  readonly #runs: DirectRuns;
  readonly #recovery: Recovery;
  readonly #stop: GracefulStop;
  readonly #finder: RepeatFinder;
  readonly #expiry: ResultExpiry;
  readonly #scripts: ScriptDirectory | undefined;
  readonly #recoveryEnd = Promise.withResolvers<void>();
  #state: NodeState = 'recovering';
  #stopped: Promise<StopReport> | undefined;

  constructor(options: NodeOptions) {
    const environment: NodeEnvironment = { ...processEnvironment, ...options.environment };
    const { now, monotonic } = environment;
    const reportError = (error: unknown): void => this.#emit({ kind: 'problem', error });
    const statistics = this.#statistics;
    this.#options = options;
    this.#environment = environment;
    this.id = options.id ?? newInstanceId(now(), environment.randomBytes);
    this.recovered = this.#recoveryEnd.promise;
    // Whoever is interested awaits it; the failure itself is reported as a problem.
    this.recovered.catch(() => {});
    this.#replication =
      options.replication &&
      new Replication({
        options: options.replication,
        nodeId: this.id,
        prefix: options.prefix === undefined || options.prefix === '' ? '' : `${options.prefix}.`,
        store: options.store,
        transport: options.transport,
        environment,
        tookBack: (instance) => this.#tookBack(instance),
        restore: (instance) => this.#recovery.restoreOne(instance),
        changed: (status) => this.#replicationChanged(status),
        leaseLost: (reason) => this.#die({ kind: 'lease-lost', reason }),
        wrote: (localMs, peerMs) => statistics.wrote(localMs, peerMs),
        codeInUse: () => this.#code.savedHashes,
        wantedCode: () => this.#code.wantedHashes,
        reportError,
      });
    const { store, transport } = this.#replication ?? options;
    this.#store = store;
    const timers = (this.#timers = new TimerQueue({ ...environment, reportError }));
    const admission = (this.#admission = new Admission(options.maxInFlight ?? 10_000));
    const parentUrl = `${pathToFileURL(options.scripts ?? options.modules ?? process.cwd()).href}/`;
    const code = (this.#code = new CodeLibrary({ store, parentUrl, reportError }));
    this.#table = new InstanceTable({ admission, code, statistics, now });
    const { live } = this.#table;
    const shared = { timers, statistics, now, monotonic, reportError };
    const writer = (this.#writer = new CheckpointWriter({
      ...shared,
      store,
      code,
      checkpointMade: (instance) => this.#stop.checkpointMade(instance),
      storeDied: (error) => this.#die({ kind: 'store-died', error }),
    }));
    const replies = (this.#replies = new Replies(transport, reportError));
    this.#stop = new GracefulStop({
      live,
      now,
      setTimer: environment.setTimer,
      clearTimer: environment.clearTimer,
      requestsWaiting: () => this.#requests.waiting,
    });
    const results = new Results({
      store,
      writer,
      replies,
      statistics,
      now,
      reportError,
      ended: (instance, ending) => this.#ended(instance, ending),
    });
    const absentServiceMs = options.absentServiceMs ?? 5000;
    const calls = new Calls({ ...shared, transport, absentServiceMs });
    this.#host = new InstanceHost({
      ...shared,
      transport,
      calls,
      replies,
      writer,
      results,
    });
    this.#requests = new Requests({
      live,
      store,
      admission,
      replies,
      statistics,
      newId: () => newInstanceId(now(), environment.randomBytes),
      start: (instance) => this.#table.start(instance, this.#host),
      isToBeRecovered: (id) => !this.#recovery.isDone || this.#replication?.takeOver.isComing(id) === true,
      findCopy: this.#replication && ((...request) => this.#replication!.receiver.findRequest(...request)),
      mayMissInstances: () => this.#replication?.mayMissInstances === true,
      reportError,
    });
    this.#finder = new RepeatFinder({
      transport,
      nodeId: this.id,
      waitMs: options.findRepeatMs ?? 1000,
      takeOver: (...asked) => this.#requests.takeOver(...asked),
      hasCopy: (...asked) => this.#requests.hasCopy(...asked),
      answerFromCopy: (...asked) => this.#requests.answerFromCopy(...asked),
      reportError,
    });
    this.#requests.useFinder(this.#finder);
    this.#recovery = new Recovery({
      store,
      code,
      live,
      statistics,
      now,
      monotonic,
      defer: environment.defer,
      restore: (stored, snapshot, loaded) => {
        const restored = this.#table.restore(stored, snapshot, loaded, this.#host);
        this.#requests.recovered(restored);
        restored.instance.resume();
      },
      repair: (id) => this.#replication?.repair(id) ?? Promise.resolve(undefined),
      quarantined: (entry, error) => {
        this.#requests.notRecovered(entry.id, error);
        this.#emit({ kind: 'quarantined', entry, error });
      },
      reportError,
    });
    this.#expiry = new ResultExpiry({
      store,
      timers,
      now,
      ttlMs: options.resultTtlMs ?? 3_600_000,
      reportError,
    });
    this.#administration = new Administration({
      moving: { code, timers, host: this.#host, recompile: options.recompile },
      newest: (script) => this.#scripts?.find(script)?.code,
      store,
      table: this.#table,
      recovery: this.#recovery,
      now,
      recovered: () => this.recovered.catch(() => {}),
    });
    this.#runs = new DirectRuns({
      code,
      table: this.#table,
      host: this.#host,
      admission,
      environment,
      compile: options.compile,
      isStopping: () => this.#stop.isStopping,
    });
    const folder = options.scripts;
    this.#scripts =
      folder === undefined
        ? undefined
        : new ScriptDirectory({
            folder,
            prefix: options.prefix ?? '',
            watch: options.watch ?? true,
            environment,
            transport,
            code,
            compile: options.compile,
            receive: (script, newest, message) => this.#requests.receive({ script, code: newest, message }),
            changed: (change) => this.#emit({ kind: 'script', change }),
            reportError,
          });
  }

  /** Use `startNode`, unless the node may have to be stopped while it opens. */
  async open(): Promise<void> {
    await this.#replication?.open();
    // Another node runs the instances of this one, or it was stopped while it waited.
    if (this.#state === 'dead' || this.#stopped) {
      this.#recoveryEnd.resolve();
      return;
    }
    this.#recover().catch((error: unknown) => {
      this.#emit({ kind: 'problem', error });
      this.#recoveryEnd.reject(error);
    });
    try {
      await this.#recovery.begun(this.#environment);
      await this.#finder.open();
      await this.#scripts?.open();
    } catch (error) {
      await this.stop(0);
      throw error;
    }
    this.#expiry.open();
  }

  status(): NodeStatus {
    return describeNode({
      id: this.id,
      state: this.#state,
      now: this.#environment.now(),
      longRunningMs: this.#options.longRunningMs ?? 60_000,
      scripts: this.#scripts,
      admission: this.#admission,
      table: this.#table,
      timers: this.#timers,
      requests: this.#requests,
      writer: this.#writer,
      recovery: this.#recovery,
      replication: this.#replication,
      statistics: this.#statistics,
    });
  }

  /** Instances in flight, of one script or of all. */
  instances(script?: string): LiveSummary[] {
    return this.#table.summaries(script);
  }

  /** How an instance in flight ends; undefined if there is none with this id. */
  ending(id: string): Promise<Ending> | undefined {
    const live = this.#table.live.get(id);
    return live && new Promise((resolve) => live.whenEnded(resolve));
  }

  /**
   * Compiles a script and starts one instance of it, without any subject.
   * @throws whatever `compile` throws; NodeError WM7002, WM7003, WM7009
   */
  run(file: string, input: unknown, requestId?: string): Promise<{ id: string; ending: Promise<Ending> }> {
    return this.#runs.run(file, input, requestId);
  }

  /** Moves instances of served scripts to the newest code, or says why not. Waits for the recovery to be over. */
  move: Administration['move'] = (request) => this.#administration.move(request);

  /** A failed instance goes on from its last checkpoint. False if it is not failed or has no checkpoint. */
  retry: Administration['retry'] = (id) => this.#administration.retry(id);

  /** Stops the instance if it runs, and removes every trace of it. False if it is unknown. */
  purge: Administration['purge'] = (id) => this.#administration.purge(id);

  /** Takes no more requests, waits for instances to end or to reach a checkpoint, closes store and transport. */
  stop(limitMs: number = this.#options.stopLimitMs ?? 10_000): Promise<StopReport> {
    return (this.#stopped ??= this.#shutDown(limitMs));
  }

  async #recover(): Promise<void> {
    const { monotonic, defer } = this.#environment;
    // Asked for first, so that the store answers before anything of this life has ended.
    const owed = sendOwedReplies({
      store: this.#store,
      replies: this.#replies,
      limit: this.#admission.limit,
      monotonic,
      defer,
      isStopped: () => this.#stopped !== undefined || this.#state === 'dead',
    }).catch((error: unknown) => this.#emit({ kind: 'problem', error }));
    await Promise.all([owed, this.#recovery.run()]);
    await this.#replication?.takeOver.open();
    const { recovered, quarantined } = this.#statistics;
    if (this.#state === 'recovering') this.#state = 'serving';
    this.#emit({ kind: 'recovered', recovered, quarantined });
    this.#recoveryEnd.resolve();
    this.#code.dropUnused();
  }

  #ended(live: LiveInstance, ending: Ending): void {
    this.#stop.instanceEnded();
    this.#table.ended(live, ending);
    if (ending.status === 'completed') return;
    this.#emit({ kind: 'instance-failed', id: live.id, script: live.script, error: ending.value });
  }

  async #shutDown(limitMs: number): Promise<StopReport> {
    const isDead = this.#state === 'dead';
    if (!isDead) this.#state = 'stopping';
    const parts = {
      stop: this.#stop,
      recovery: this.#recovery,
      administration: this.#administration,
      scripts: this.#scripts,
      finder: this.#finder,
      expiry: this.#expiry,
      code: this.#code,
      timers: this.#timers,
      replication: this.#replication,
      store: this.#store,
      transport: this.#options.transport,
      beforeTransportCloses: this.#options.beforeTransportCloses,
    };
    try {
      return await shutDown(parts, limitMs, isDead);
    } finally {
      this.#state = isDead ? 'dead' : 'stopped';
    }
  }

  /** An instance that this node's disk did not know, or not as it is: it goes on from the peer's copy. */
  #tookBack(stored: StoredInstance): void {
    this.#statistics.tookBack++;
    if (stored.status !== 'running') return;
    this.#recovery.restoreOne(stored).catch((error: unknown) => this.#emit({ kind: 'problem', error }));
  }

  #replicationChanged(status: ReplicationStatus): void {
    const event: NodeEvent = { kind: 'replication', status };
    if (status.state === 'taken-over') this.#die(event);
    else this.#emit(event);
  }

  /** Nothing more runs here; what is durable goes on in the next process, or elsewhere. */
  #die(why: NodeEvent): void {
    if (this.#state === 'dead' || this.#state === 'stopped') return;
    this.#state = 'dead';
    this.#recovery.stop();
    for (const live of this.#table.live.values()) live.stop();
    this.#emit(why);
    // Whoever asks now is better served by another node.
    this.#scripts?.close().catch((cause: unknown) => this.#emit({ kind: 'problem', error: cause }));
  }

  #emit(event: NodeEvent): void {
    this.#options.onEvent?.(event);
  }
}
