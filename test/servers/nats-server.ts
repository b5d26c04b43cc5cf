import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process.ts';

/** Below the ports that systems give to outgoing connections: one of those may get the port of a server that is away for a moment. */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_000;
/** Each worker of the test runner has ports of its own, and gives none of them twice. */
const WORKERS = 8;
const OWN_PORTS = Math.floor((LAST_PORT - FIRST_PORT) / WORKERS);
const own = FIRST_PORT + (Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS) * OWN_PORTS;
let next = Math.floor(Math.random() * OWN_PORTS);

/** A port that nobody listens on, and that nobody else is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = own + (next++ % OWN_PORTS);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

export interface NatsServerOptions {
  readonly configuration?: string;
  readonly jetstream?: boolean;
  readonly start?: boolean;
}

/** Servers that know each other, with JetStream. */
export async function natsCluster(size: number): Promise<NatsServer[]> {
  const ports = await Promise.all(Array.from({ length: size }, freePort));
  const routes = ports.map((port) => `nats-route://127.0.0.1:${port}`).join(', ');
  return Promise.all(
    ports.map((port, index) =>
      NatsServer.open({
        jetstream: true,
        configuration: `server_name: s${index}\ncluster { name: test, listen: "127.0.0.1:${port}", routes: [${routes}] }`,
      }),
    ),
  );
}

/** A real nats-server on loopback; keeps its port when it is stopped and started again. */
export class NatsServer {
  readonly port: number;
  readonly directory: string;
  #process: ServerProcess | undefined;

  private constructor(port: number, directory: string) {
    this.port = port;
    this.directory = directory;
  }

  /** `configuration`: lines of the server's configuration file besides the address. `start: false`: not yet. */
  static async open(options: NatsServerOptions = {}): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), await mkdtemp(join(tmpdir(), 'wm-nats-')));
    const own = options.jetstream === true ? `jetstream { store_dir: "${server.directory}" }\n` : '';
    const configuration = `listen: "127.0.0.1:${server.port}"\nmax_payload: 400000\n${own}${options.configuration ?? ''}\n`;
    await writeFile(join(server.directory, 'nats.conf'), configuration);
    if (options.start ?? true) await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process!.child.pid!;
  }

  async start(): Promise<void> {
    this.#process = new ServerProcess('nats-server', ['-c', join(this.directory, 'nats.conf')]);
    await this.#process.started((output) => output.includes('Server is ready'));
  }

  /** With SIGKILL by default: nothing is said to anybody. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#process?.end(signal);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.directory, { recursive: true });
  }
}
