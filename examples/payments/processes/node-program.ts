/** How a node is started, and what can be read from what it prints. */
import { fileURLToPath } from 'node:url';
import type { Network } from './network.ts';

export type NodeEvent =
  | {
      readonly kind: 'serving';
      readonly recovered: number;
      /** Where it shows its metrics. */
      readonly http?: string | undefined;
    }
  /** So many more have been made durable. */
  | { readonly kind: 'checkpoints'; readonly checkpoints: number }
  /** How it stands with the copies on its peer: `in-step`, `alone` ... */
  | { readonly kind: 'replication'; readonly state: string }
  /** It may no longer run, and will end. */
  | { readonly kind: 'lease-lost' };

/** Where a node works. */
export interface NodePlace {
  readonly data: string;
  readonly network: Network;
  /** Take-over by leases that are kept by so many NATS servers; undefined for none. */
  readonly leases?: { readonly lifeMs: number; readonly servers: number } | undefined;
  /** Waits until no other process holds the data. */
  readonly standby?: boolean | undefined;
  /** Shows metrics over HTTP. */
  readonly metrics?: boolean | undefined;
}

export interface NodeProgram {
  command(name: string, place: NodePlace): readonly [URL, ...string[]];
  /** Undefined for a line that means nothing to the demo. */
  readLine(line: string): NodeEvent | undefined;
}

const commandLine = new URL('../../../bin/waymark.js', import.meta.url);
const scripts = fileURLToPath(new URL('../scripts', import.meta.url));

/** `waymark serve`, as a user would start it. */
export const serveCommand: NodeProgram = {
  command(name, { data, network, leases, metrics, standby }) {
    const reach =
      network.kind === 'local'
        ? ['--socket', network.folder]
        : ['--nats', network.servers, '--node-id', name];
    const takeOver =
      leases === undefined
        ? []
        : ['--take-over', `${leases.lifeMs}ms`, '--lease-replicas', String(leases.servers)];
    const http = metrics === true ? ['--http', '127.0.0.1:0'] : [];
    const wait = standby === true ? ['--standby'] : [];
    return [commandLine, 'serve', scripts, '--data', data, ...reach, ...takeOver, ...http, ...wait, '--json'];
  },
  readLine(line) {
    // Not every line needs to be ours: a library may print what it likes.
    if (!line.startsWith('{')) return undefined;
    let entry: Readonly<Record<string, unknown>>;
    try {
      entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    } catch {
      return undefined;
    }
    switch (entry.event) {
      case 'serving':
        return {
          kind: 'serving',
          recovered: Number(entry.recovered),
          http: typeof entry.http === 'string' ? entry.http : undefined,
        };
      case 'activity':
        return { kind: 'checkpoints', checkpoints: Number(entry.checkpoints) };
      case 'replication':
        if (entry.state === 'taken-over') return { kind: 'lease-lost' };
        return { kind: 'replication', state: String(entry.state) };
      case 'lease-lost':
        return { kind: 'lease-lost' };
      default:
        return undefined;
    }
  },
};
