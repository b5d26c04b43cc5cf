/** Several processes of `waymark serve` that share the partitions of their jobs, on the local mesh or on NATS. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatsServer } from '../servers/nats-server.ts';
import { type Ended, WaymarkProcess } from './waymark-process.ts';

export type ClusterTransport = 'mesh' | 'nats';

export class JobCluster {
  readonly folder: string;
  readonly #nats: NatsServer | undefined;
  readonly #lease: string;
  readonly #processes: WaymarkProcess[] = [];

  private constructor(folder: string, nats: NatsServer | undefined, lease: string) {
    this.folder = folder;
    this.#nats = nats;
    this.#lease = lease;
  }

  /**
   * @param job Text of its module.
   * @param lease Of jobs; half of it is the lease of a node that runs partitions. Nobody loses the default one on a machine that is slow.
   */
  static async open(transport: ClusterTransport, job: string, lease = '60s'): Promise<JobCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'wm-cl-'));
    await mkdir(join(folder, 'scripts'));
    await mkdir(join(folder, 'jobs'));
    await writeFile(join(folder, 'jobs/spread.ts'), job);
    return new JobCluster(folder, transport === 'nats' ? await NatsServer.open() : undefined, lease);
  }

  /** @param more Further arguments; `--jobs` among them replaces the folder. */
  serve(name: string, environment: NodeJS.ProcessEnv = {}, more: readonly string[] = []): WaymarkProcess {
    const transport = this.#nats === undefined ? ['--socket', 'mesh'] : ['--nats', this.#nats.url];
    return this.#begin(
      ['serve', 'scripts', '--jobs', 'jobs', '--data', `data/${name}`, ...transport].concat(
        ['--job-lease', this.#lease, '--job-partitions', '2', '--json'],
        more,
      ),
      { NAME: name, ...environment },
    );
  }

  /** Starts them, and waits until each serves. */
  async serveAll(names: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<WaymarkProcess[]> {
    const nodes = names.map((name) => this.serve(name, environment));
    await Promise.all(nodes.map((node) => node.said('"event":"serving"')));
    return nodes;
  }

  /** `waymark` with these arguments. */
  begin(...args: readonly string[]): WaymarkProcess {
    return this.#begin(args, {});
  }

  /** The same, to its end. */
  async run(
    ...args: readonly string[]
  ): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
    const process_ = this.begin(...args);
    const ended = await process_.ended;
    return { ...ended, stdout: process_.stdout, stderr: process_.stderr };
  }

  /** Starts the job on a node, and does not wait for its end. */
  start(node: string, ...args: readonly string[]): WaymarkProcess {
    return this.#begin(['job', 'start', 'spread', '--served', '--data', `data/${node}`, ...args], {});
  }

  /** Lines that the job has written: `<node> <partition> <item>`. */
  async lines(): Promise<readonly Line[]> {
    const text = await readFile(join(this.folder, 'out.txt'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' '))
      .map(([node, partition, item]) => ({ node: node!, partition: Number(partition), item: Number(item) }));
  }

  async close(): Promise<void> {
    for (const started of this.#processes.splice(0)) {
      started.kill('SIGKILL');
      await started.ended;
    }
    await this.#nats?.remove();
    await rm(this.folder, { recursive: true, force: true });
  }

  #begin(args: readonly string[], environment: NodeJS.ProcessEnv): WaymarkProcess {
    const started = new WaymarkProcess(args, this.folder, environment);
    this.#processes.push(started);
    return started;
  }
}

export interface Line {
  readonly node: string;
  readonly partition: number;
  readonly item: number;
}

/** Events that a node has logged. */
export const eventsOf = (process_: WaymarkProcess, name: string): readonly Record<string, unknown>[] =>
  process_.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === name);
