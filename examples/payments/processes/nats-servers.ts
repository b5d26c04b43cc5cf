/**
 * Owns: where the NATS servers of a run listen and keep what they know. Invariants:
 *
 * 1. A server that is started again has the same ports and the same folder.
 * 2. Servers listen on the loopback interface only.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ProcessTable } from './process-table.ts';

const program = new URL('run-program.ts', import.meta.url);
const READY = 'Server is ready';

export class NatsServers {
  readonly names: readonly string[];
  /** For clients. */
  readonly urls: string;
  readonly #processes: ProcessTable;
  readonly #configurations: ReadonlyMap<string, string>;

  private constructor(processes: ProcessTable, urls: string, configurations: ReadonlyMap<string, string>) {
    this.names = [...configurations.keys()];
    this.urls = urls;
    this.#processes = processes;
    this.#configurations = configurations;
  }

  /** @param folder of their own @param count 1, or 3 that know each other */
  static async open(processes: ProcessTable, folder: string, count: number): Promise<NatsServers> {
    const ports = await freePorts(2 * count);
    const clients = ports.slice(0, count);
    const routes = ports.slice(count).map((port) => `nats-route://127.0.0.1:${port}`);
    const configurations = clients.map((port, index) => {
      const name = `nats-${index}`;
      const directory = join(folder, name);
      mkdirSync(directory, { recursive: true });
      const lines = [
        `server_name: "${name}"`,
        `listen: "127.0.0.1:${port}"`,
        `jetstream { store_dir: "${directory}" }`,
      ];
      if (count > 1) {
        const own = ports[count + index];
        lines.push(`cluster { name: "demo", listen: "127.0.0.1:${own}", routes: [${routes.join(', ')}] }`);
      }
      const file = join(directory, 'nats.conf');
      writeFileSync(file, lines.join('\n') + '\n');
      return [name, file] as const;
    });
    const urls = clients.map((port) => `nats://127.0.0.1:${port}`).join(',');
    return new NatsServers(processes, urls, new Map(configurations));
  }

  async start(): Promise<void> {
    await Promise.all(this.names.map((name) => this.startOne(name)));
  }

  startOne(name: string): Promise<void> {
    const file = this.#configurations.get(name)!;
    return this.#processes.start(name, [program, 'nats-server', '-c', file], (served) => ({
      onLine: (line) => {
        if (line.includes(READY)) served();
      },
    }));
  }
}

/** Ports of the loopback interface that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
