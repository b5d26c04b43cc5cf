/** The systems that are compared: how each is started, with which settings, and which of its processes count as the engine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/servers/nats-server.ts';
import { serverProgram } from '../../test/servers/server-process.ts';
import { MeasuredProcess } from './measured-process.ts';

export interface Running {
  /** The processes of the system itself, in the order in which they are to be ended. */
  readonly engine: readonly MeasuredProcess[];
  /** Where requests go, when not to NATS. */
  readonly ingress?: string;
}

export interface Contender {
  readonly name: string;
  /** Starts it with empty data in `folder`, a folder on a disk. */
  start(folder: string, nats: string): Promise<Running>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const WAYMARK = here('../../bin/waymark.js');
const SCRIPTS = here('../../examples/payments/scripts');

/** `waymark serve` with the payments example's script; two nodes are a pair that replicates (`sync`). */
function waymark(name: string, nodes: number): Contender {
  return {
    name,
    async start(folder, nats) {
      const ids = Array.from({ length: nodes }, (_, index) => `node-${index}`);
      const engine = ids.map((id) => {
        const identity = nodes === 1 ? [] : ['--node-id', id];
        const args = ['serve', SCRIPTS, '--nats', nats, '--data', join(folder, id), ...identity, '--json'];
        return new MeasuredProcess({ name: id, command: [process.execPath, WAYMARK, ...args], logs: folder });
      });
      const said = (text: string) => (node: MeasuredProcess) => node.until(() => node.output.includes(text));
      await Promise.all(engine.map(said('"event":"serving"')));
      if (nodes > 1) await Promise.all(engine.map(said('"in-step"')));
      return { engine };
    },
  };
}

/** One node, replication 1. Its write-ahead logs are flushed to disk at every commit (its default). */
function restate(name: string, partitions: number): Contender {
  return {
    name,
    async start(folder, nats) {
      const [program] = globSync('node_modules/@restatedev/restate-server-*/bin/restate-server', {
        cwd: here('.'),
      });
      if (program === undefined) throw new Error('Run the set-up first: npx node bench/peers/set-up.ts');
      const [fabric, admin, ingress, port] = await Promise.all([
        freePort(),
        freePort(),
        freePort(),
        freePort(),
      ]);
      const service = await MeasuredProcess.node(
        'restate-service',
        'restate-service.ts',
        [nats, `${port}`],
        folder,
      );
      const server = new MeasuredProcess({
        name: 'restate-server',
        command: [join(here('.'), program), '--no-logo'],
        logs: folder,
        folder,
        environment: {
          RESTATE_BASE_DIR: join(folder, 'restate-data'),
          RESTATE_NODE_NAME: 'bench',
          RESTATE_LISTEN_MODE: 'tcp',
          RESTATE_BIND_IP: '127.0.0.1',
          RESTATE_BIND_PORT: `${fabric}`,
          RESTATE_ADMIN__BIND_PORT: `${admin}`,
          RESTATE_INGRESS__BIND_PORT: `${ingress}`,
          RESTATE_DEFAULT_NUM_PARTITIONS: `${partitions}`,
          RESTATE_LOG_FILTER: 'warn',
          RESTATE_DISABLE_TELEMETRY: 'true',
          DO_NOT_TRACK: '1',
        },
      });
      await server.until(() => accepted(`http://127.0.0.1:${admin}/health`));
      const deployment = JSON.stringify({ uri: `http://127.0.0.1:${port}` });
      await server.until(() => accepted(`http://127.0.0.1:${admin}/deployments`, deployment));
      await server.until(() => accepted(`http://127.0.0.1:${ingress}/restate/health`));
      return { engine: [server, service], ingress: `http://127.0.0.1:${ingress}` };
    },
  };
}

async function accepted(url: string, body?: string): Promise<boolean> {
  const post = { method: 'POST', body: body ?? null, headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, body === undefined ? {} : post).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.ok === true;
}

/** One worker with its default pool of 10 connections; a PostgreSQL of its own that flushes every commit. */
const dbos: Contender = {
  name: 'DBOS, PostgreSQL',
  async start(folder, nats) {
    // PostgreSQL refuses to run as root.
    const user = process.getuid?.() === 0 ? 'postgres' : undefined;
    const data = join(folder, 'postgres');
    mkdirSync(data);
    if (user !== undefined) execFileSync('chown', [user, data, folder]);
    const as = user === undefined ? [] : ['--reuid', user, '--regid', user, '--init-groups'];
    const initdb = [
      serverProgram('initdb'),
      '-D',
      data,
      '-U',
      'payments',
      '--auth=trust',
      '--no-sync',
      '-E',
      'UTF8',
    ];
    execFileSync('setpriv', [...as, ...initdb], { stdio: 'pipe', cwd: folder });
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port: `${port}`,
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      shared_buffers: '512MB',
      max_wal_size: '4GB',
    };
    const server = new MeasuredProcess({
      name: 'postgres',
      command: [
        serverProgram('postgres'),
        '-D',
        data,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      logs: folder,
      folder,
      user,
      // "Fast shutdown": connections are not waited for.
      endSignal: 'SIGINT',
    });
    const ready = [serverProgram('pg_isready'), '-q', '-h', '127.0.0.1', '-p', `${port}`] as const;
    await server.until(() => spawnSync(ready[0], ready.slice(1)).status === 0);
    const database = `postgresql://payments@127.0.0.1:${port}/payments_dbos`;
    const worker = await MeasuredProcess.node('dbos-worker', 'dbos-worker.ts', [nats, database], folder);
    return { engine: [worker, server] };
  },
};

export const CONTENDERS: readonly Contender[] = [
  waymark('Waymark, one node', 1),
  waymark('Waymark, a pair that replicates', 2),
  restate('Restate, defaults (24 partitions)', 24),
  restate('Restate, 2 partitions', 2),
  dbos,
];
