/**
 * Owns: what runs in a run: NATS servers (if it has any), simulators, generator, nodes. Invariants:
 *
 * 1. NATS, simulators and generator serve before nodes start: a recovered instance finds whom it talks to.
 * 2. A node always gets the data folder that it had before, unless `loseDisk` has deleted it.
 * 3. A process that ends by itself is a failure of the run (`onCrash`). Only nodes with leases may: one that has lost its lease
 *    ends, and is started again, as whatever supervises it would do.
 * 4. With `standby` a second process of each node waits for its data folder; when the first is killed, it is the node.
 * 5. Of a pair is known to be in step only what both nodes have said since either of them was hit last.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  GeneratorCommand,
  GeneratorProcessOptions,
  GeneratorReport,
} from '../generator/generator-process.ts';
import type { SimulatorsOptions, SimulatorsReport } from '../simulators/simulators-process.ts';
import { NatsServers } from './nats-servers.ts';
import type { Network } from './network.ts';
import { serveCommand, type NodeEvent, type NodeProgram } from './node-program.ts';
import { ProcessTable } from './process-table.ts';

export interface ClusterOptions {
  /** Where the nodes' data, the books and the logs are. */
  readonly folder: string;
  /** How the processes talk: through sockets in this folder (its path must be short), or through NATS servers of their own. */
  readonly network:
    | Extract<Network, { kind: 'local' }>
    | { readonly kind: 'own-nats'; readonly servers: number };
  readonly nodes: number;
  readonly simulators: Omit<SimulatorsOptions, 'network' | 'books'>;
  readonly generator: Omit<GeneratorProcessOptions, 'network' | 'books'>;
  /** Take-over: how long a node's lease lives, ms. Needs `own-nats`. */
  readonly leaseMs?: number | undefined;
  /** Each node has a second process that stands by. */
  readonly standby?: boolean | undefined;
  /** Nodes show metrics. */
  readonly metrics?: boolean | undefined;
  /** Options of Node for a process, for example a profiler. */
  readonly nodeOptions?: ((name: string) => readonly string[]) | undefined;
  /** What runs as a node; `waymark serve` if left out. */
  readonly node?: NodeProgram | undefined;
  readonly onCrash: (error: Error) => void;
  /** A node has lost its lease and ended; it is being started again. */
  readonly onLeaseLost?: ((name: string) => void) | undefined;
}

const RESTART_AFTER_LOSS_MS = 100;

export class Cluster {
  readonly nodeNames: readonly string[];
  generatorReport: GeneratorReport | undefined;
  simulatorsReport: SimulatorsReport | undefined;
  /** Instances that nodes have restored when they started. */
  recovered = 0;
  /** Those that each node restored at its last start. */
  readonly recoveredBy = new Map<string, number>();
  checkpoints = 0;
  readonly #options: ClusterOptions;
  readonly #processes: ProcessTable;
  /** What nodes said last about their copies. */
  readonly #replication = new Map<string, string>();
  readonly #metricsUrls = new Map<string, string>();
  /** Nodes that have said that they will end. */
  readonly #ending = new Set<string>();
  #nats: NatsServers | undefined;
  #loading = false;
  #stopping = false;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.nodeNames = Array.from({ length: options.nodes }, (_, index) => `node-${index}`);
    const logs = join(options.folder, 'logs');
    mkdirSync(logs, { recursive: true });
    mkdirSync(this.booksFolder, { recursive: true });
    this.#processes = new ProcessTable({
      logFile: (name) => join(logs, `${name}.log`),
      onEnded: (name, _exit, words) => this.#ended(name, words),
      onError: options.onCrash,
    });
  }

  get booksFolder(): string {
    return join(this.#options.folder, 'books');
  }

  get natsNames(): readonly string[] {
    return this.#nats?.names ?? [];
  }

  /** Starts what is not running; resolves when everything serves. */
  async start(): Promise<void> {
    const { network, folder } = this.#options;
    if (network.kind === 'own-nats') {
      this.#nats ??= await NatsServers.open(this.#processes, join(folder, 'nats'), network.servers);
      await this.#nats.start();
    }
    await Promise.all([this.#startSimulators(), this.#startGenerator()]);
    await Promise.all(this.nodeNames.map((name) => this.startNode(name)));
    if (this.#loading) this.#tellGenerator('start-load');
  }

  /** Starts a node that does not run, or lets the process that stands by be it. */
  async startNode(name: string): Promise<void> {
    const { standby } = this.#options;
    this.#processes.rename(standbyOf(name), name);
    if (this.#processes.isRunning(name)) await this.#processes.untilServing(name);
    else await this.#startProcess(name, name, true);
    if (standby === true && !this.#stopping) await this.#startProcess(standbyOf(name), name, false);
  }

  async #startProcess(process: string, name: string, isAwaited: boolean): Promise<void> {
    const { node = serveCommand, folder, leaseMs, metrics, nodeOptions, standby } = this.#options;
    const leases = leaseMs === undefined ? undefined : { lifeMs: leaseMs, servers: this.natsNames.length };
    const place = { data: join(folder, name), network: this.#network, leases, metrics, standby };
    const listeners = (served: () => void) => ({
      onLine: (line: string) => {
        const event = node.readLine(line);
        if (event !== undefined) this.#nodeSaid(name, event, served);
      },
    });
    const command = node.command(name, place);
    await this.#processes.start(process, command, listeners, nodeOptions?.(name), isAwaited);
  }

  async startNats(name: string): Promise<void> {
    await this.#nats?.startOne(name);
  }

  isServing(name: string): boolean {
    return this.#processes.isServing(name);
  }

  /** True when every process serves. */
  isComplete(): boolean {
    const names = [...this.nodeNames, ...this.natsNames, 'simulators', 'generator'];
    return names.every((name) => this.#processes.isServing(name));
  }

  /** The other node of the pair, if there is one. */
  peerOf(name: string): string | undefined {
    return this.nodeNames[this.nodeNames.indexOf(name) ^ 1];
  }

  /** True when all that either node of the pair has made durable is on both disks. */
  isPairInStep(name: string): boolean {
    const peer = this.peerOf(name);
    if (peer === undefined) return false;
    return [name, peer].every((node) => this.isServing(node) && this.#replication.get(node) === 'in-step');
  }

  /** Where the nodes that serve show their metrics. */
  metricsUrls(): ReadonlyMap<string, string> {
    return new Map([...this.#metricsUrls].filter(([name]) => this.isServing(name)));
  }

  /** Ends a process at once, as a power cut would. Resolves when it is gone. What stands by stays. */
  async kill(name: string): Promise<void> {
    this.#hit(name);
    await this.#processes.kill(name);
  }

  /** The same with what stands by. */
  async killMachine(name: string): Promise<void> {
    await Promise.all([this.kill(name), this.#processes.kill(standbyOf(name))]);
  }

  async killAll(): Promise<void> {
    for (const name of this.nodeNames) this.#hit(name);
    this.generatorReport = undefined;
    await this.#processes.killAll();
  }

  /** The node's data is gone, all of it. Only for a node that does not run. */
  loseDisk(name: string): void {
    rmSync(join(this.#options.folder, name), { recursive: true });
  }

  freeze(name: string): void {
    this.#hit(name);
    this.#processes.freeze(name);
  }

  thaw(name: string): void {
    this.#processes.thaw(name);
  }

  startLoad(): void {
    this.#loading = true;
    this.#tellGenerator('start-load');
  }

  stopLoad(): void {
    this.#loading = false;
    this.#tellGenerator('stop-load');
  }

  /** Asks everything to stop, nodes first; what does not is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.nodeNames.map((name) => this.#processes.stop(standbyOf(name))));
    await Promise.all(this.nodeNames.map((name) => this.#processes.stop(name)));
    await this.#processes.stop('generator');
    await this.#processes.stop('simulators');
    await Promise.all(this.natsNames.map((name) => this.#processes.stop(name)));
  }

  pids(): ReadonlyMap<string, number> {
    return this.#processes.pids();
  }

  get #network(): Network {
    const { network } = this.#options;
    return network.kind === 'local' ? network : { kind: 'nats', servers: this.#nats!.urls };
  }

  #startSimulators(): Promise<void> {
    const { simulators } = this.#options;
    const options: SimulatorsOptions = { ...simulators, network: this.#network, books: this.booksFolder };
    const file = new URL('../simulators/simulators-process.ts', import.meta.url);
    return this.#startRole('simulators', file, options, (message) => {
      this.simulatorsReport = message as SimulatorsReport;
    });
  }

  #startGenerator(): Promise<void> {
    const { generator } = this.#options;
    const options: GeneratorProcessOptions = {
      ...generator,
      network: this.#network,
      books: this.booksFolder,
    };
    const file = new URL('../generator/generator-process.ts', import.meta.url);
    return this.#startRole('generator', file, options, (message) => {
      this.generatorReport = message as GeneratorReport;
    });
  }

  #startRole(name: string, file: URL, options: object, reported: (message: unknown) => void): Promise<void> {
    const listeners = (served: () => void) => ({
      onMessage: (message: unknown) => {
        reported(message);
        served();
      },
    });
    const nodeOptions = this.#options.nodeOptions?.(name);
    return this.#processes.start(name, [file, JSON.stringify(options)], listeners, nodeOptions);
  }

  #nodeSaid(name: string, event: NodeEvent, served: () => void): void {
    switch (event.kind) {
      case 'serving':
        this.recovered += event.recovered;
        this.recoveredBy.set(name, event.recovered);
        if (event.http !== undefined) this.#metricsUrls.set(name, `${event.http}/metrics`);
        served();
        return;
      case 'checkpoints':
        this.checkpoints += event.checkpoints;
        return;
      case 'replication':
        this.#replication.set(name, event.state);
        return;
      case 'lease-lost':
        this.#ending.add(name);
    }
  }

  /** What the node and its peer said about their copies is no longer true. */
  #hit(name: string): void {
    const peer = this.peerOf(name);
    this.#ending.delete(name);
    this.#replication.delete(name);
    if (peer !== undefined) this.#replication.delete(peer);
    if (name === 'generator') this.generatorReport = undefined;
  }

  #ended(name: string, words: string): void {
    const { onCrash, onLeaseLost } = this.#options;
    const isExpected = this.#ending.has(name);
    this.#hit(name);
    if (!isExpected) {
      onCrash(new Error(words));
      return;
    }
    onLeaseLost?.(name);
    sleep(RESTART_AFTER_LOSS_MS)
      .then(() => (this.#stopping ? undefined : this.startNode(name)))
      .catch(onCrash);
  }

  #tellGenerator(command: GeneratorCommand): void {
    this.#processes.tell('generator', { command });
  }
}

function standbyOf(name: string): string {
  return `${name}-standby`;
}
