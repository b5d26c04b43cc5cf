/**
 * Owns: all processes of a run: simulators, generator, nodes. Invariants:
 *
 * 1. Each name has at most one process; a new one is started only after the old one is gone.
 * 2. A process that ends without having been killed or stopped here is a failure of the run (`onCrash`).
 * 3. Simulators and generator serve before nodes start: a recovered instance finds whom it talks to.
 * 4. A node always gets the data folder that it had before.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  GeneratorCommand,
  GeneratorProcessOptions,
  GeneratorReport,
} from '../generator/generator-process.ts';
import type { SimulatorsOptions, SimulatorsReport } from '../simulators/simulators-process.ts';
import { Child, type ChildOptions } from './child-process.ts';
import { serveCommand, type NodeEvent, type NodeProgram } from './node-program.ts';

export interface ClusterOptions {
  /** Where the nodes' data, the books and the logs are. */
  readonly folder: string;
  /** Folder of the message mesh; its path must be short. */
  readonly mesh: string;
  readonly nodes: number;
  readonly simulators: Omit<SimulatorsOptions, 'mesh' | 'books'>;
  readonly generator: Omit<GeneratorProcessOptions, 'mesh' | 'books'>;
  /** Options of Node for a process, for example a profiler. */
  readonly nodeOptions?: ((name: string) => readonly string[]) | undefined;
  /** What runs as a node; `waymark serve` if left out. */
  readonly node?: NodeProgram | undefined;
  readonly onCrash: (error: Error) => void;
}

/** How long a process may take until it serves, in ms. */
const START_LIMIT_MS = 60_000;
/** How long a process may take to stop when asked, in ms. */
const STOP_LIMIT_MS = 15_000;

export class Cluster {
  readonly nodeNames: readonly string[];
  generatorReport: GeneratorReport | undefined;
  simulatorsReport: SimulatorsReport | undefined;
  /** Instances that nodes have restored when they started. */
  recovered = 0;
  checkpoints = 0;
  readonly #options: ClusterOptions;
  readonly #children = new Map<string, Child>();
  readonly #serving = new Set<string>();
  #loading = false;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.nodeNames = Array.from({ length: options.nodes }, (_, index) => `node-${index}`);
    mkdirSync(join(options.folder, 'logs'), { recursive: true });
    mkdirSync(this.booksFolder, { recursive: true });
  }

  get booksFolder(): string {
    return join(this.#options.folder, 'books');
  }

  /** Starts what is not running; resolves when everything serves. */
  async start(): Promise<void> {
    await Promise.all([this.#startSimulators(), this.#startGenerator()]);
    await Promise.all(this.nodeNames.map((name) => this.startNode(name)));
    if (this.#loading) this.#tellGenerator('start-load');
  }

  async startNode(name: string): Promise<void> {
    if (this.#children.has(name)) return;
    const data = join(this.#options.folder, name);
    const { node = serveCommand, mesh } = this.#options;
    await this.#start(name, node.command(name, data, mesh), (served) => ({
      onLine: (line) => {
        const event = node.readLine(line);
        if (event !== undefined) this.#nodeSaid(event, served);
      },
    }));
  }

  isServing(name: string): boolean {
    return this.#serving.has(name);
  }

  /** True when every process serves. */
  isComplete(): boolean {
    return this.#serving.size === this.nodeNames.length + 2;
  }

  /** Ends a process at once, as a power cut would. Resolves when it is gone. */
  async kill(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (child === undefined) return;
    this.#forget(name);
    child.kill('SIGKILL');
    await child.exited;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.#children.keys()].map((name) => this.kill(name)));
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
    await Promise.all(this.nodeNames.map((name) => this.#stopChild(name)));
    await this.#stopChild('generator');
    await this.#stopChild('simulators');
  }

  pids(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#children, ([name, child]) => [name, child.pid]));
  }

  #startSimulators(): Promise<void> {
    const { mesh, simulators } = this.#options;
    const options: SimulatorsOptions = { ...simulators, mesh, books: this.booksFolder };
    const file = new URL('../simulators/simulators-process.ts', import.meta.url);
    return this.#start('simulators', [file, JSON.stringify(options)], (served) => ({
      onMessage: (message) => {
        this.simulatorsReport = message as SimulatorsReport;
        served();
      },
    }));
  }

  #startGenerator(): Promise<void> {
    const { mesh, generator } = this.#options;
    const options: GeneratorProcessOptions = { ...generator, mesh, books: this.booksFolder };
    const file = new URL('../generator/generator-process.ts', import.meta.url);
    return this.#start('generator', [file, JSON.stringify(options)], (served) => ({
      onMessage: (message) => {
        this.generatorReport = message as GeneratorReport;
        served();
      },
    }));
  }

  async #start(
    name: string,
    command: ChildOptions['command'],
    listeners: (served: () => void) => Pick<ChildOptions, 'onLine' | 'onMessage'>,
  ): Promise<void> {
    if (this.#children.has(name)) return;
    const serving = Promise.withResolvers<void>();
    const child = await Child.start({
      name,
      command,
      nodeOptions: this.#options.nodeOptions?.(name),
      logFile: join(this.#options.folder, 'logs', `${name}.log`),
      ...listeners(serving.resolve),
    });
    this.#children.set(name, child);
    child.exited
      .then(({ code, signal }) => {
        serving.resolve();
        if (this.#children.get(name) !== child) return;
        this.#forget(name);
        const how = `${name} ended by itself (${signal ?? `exit code ${code}`})`;
        this.#options.onCrash(new Error([`${how}, its last words:`, ...child.tail].join('\n    ')));
      })
      .catch(this.#options.onCrash);
    const limit = setTimeout(() => serving.reject(new Error(`${name} does not serve yet`)), START_LIMIT_MS);
    try {
      await serving.promise;
    } finally {
      clearTimeout(limit);
    }
    if (this.#children.get(name) === child) this.#serving.add(name);
  }

  #nodeSaid(event: NodeEvent, served: () => void): void {
    if (event.kind === 'serving') {
      this.recovered += event.recovered;
      served();
    } else this.checkpoints += event.checkpoints;
  }

  #tellGenerator(command: GeneratorCommand): void {
    this.#children.get('generator')?.send({ command });
  }

  async #stopChild(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (child === undefined) return;
    this.#forget(name);
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await child.exited;
    clearTimeout(limit);
  }

  #forget(name: string): void {
    this.#children.delete(name);
    this.#serving.delete(name);
    // What it said last is no longer true.
    if (name === 'generator') this.generatorReport = undefined;
  }
}
