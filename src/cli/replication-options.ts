/** Options of `waymark serve` about copies on another node. */
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReplicationOptions } from '../node/replication/replication.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import { durationText, positiveInteger } from './shared-options.ts';

export interface ReplicationFlags {
  nodeId?: string;
  peer?: string;
  replication?: 'sync' | 'async' | 'none';
  takeOver?: number;
  leaseReplicas: number;
}

const NODE_ID = /^[A-Za-z0-9_-]{1,64}$/;

function nodeId(text: string): string {
  if (!NODE_ID.test(text)) throw new InvalidArgumentError('It must be letters, digits, - and _, at most 64.');
  return text;
}

export function addReplicationOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--node-id <name>', 'name of this node; the same at every start')
        .env('WAYMARK_NODE_ID')
        .argParser(nodeId),
    )
    .addOption(
      new Option(
        '--peer <name>',
        'node that keeps copies (default: node-0 with node-1, node-2 with node-3 ...)',
      )
        .env('WAYMARK_PEER')
        .argParser(nodeId),
    )
    .addOption(
      new Option('--replication <policy>', 'sync: checkpoints wait for the peer; async: they do not')
        .choices(['sync', 'async', 'none'])
        .env('WAYMARK_REPLICATION'),
    )
    .addOption(
      new Option(
        '--take-over <time>',
        'a node that is silent for so long is taken over by its peer (needs JetStream)',
      )
        .env('WAYMARK_TAKE_OVER')
        .argParser(durationText),
    )
    .addOption(
      new Option('--lease-replicas <count>', 'NATS servers that keep the leases: 1, 3 or 5')
        .default(3)
        .env('WAYMARK_LEASE_REPLICAS')
        .argParser(positiveInteger),
    );
}

/** The other of a pair by its number: `node-0` and `node-1`, `pay-6` and `pay-7`. Undefined for a name without a number. */
export function pairedNode(id: string): string | undefined {
  const match = /^(.*-)(\d+)$/.exec(id);
  if (!match) return undefined;
  const number = Number(match[2]);
  return `${match[1]}${number % 2 === 0 ? number + 1 : number - 1}`;
}

/** A new disk waits for its peer, which may have what was on the old one. */
const NEW_DISK_WAITS_MS = 5_000;

/**
 * What the flags say; undefined for no replication, which is the default for a node without a name.
 * @throws CliError WM8020 when they contradict each other
 */
export async function replicationOf(
  flags: ReplicationFlags,
  data: string,
  isNewDisk: boolean,
  onFatal: (error: unknown) => void,
): Promise<ReplicationOptions | undefined> {
  const { nodeId: id, peer, replication: policy } = flags;
  if (id === undefined) {
    if (peer === undefined && (policy === undefined || policy === 'none')) return undefined;
    throw refuse('Replication needs a name for this node', 'Give --node-id, the same at every start.');
  }
  const other = peer ?? pairedNode(id);
  if (flags.takeOver !== undefined && (other === undefined || policy === 'none')) {
    throw refuse(
      '--take-over needs a peer that keeps copies',
      'Name it with --peer, or leave out --take-over.',
    );
  }
  if (other === id) throw refuse(`Node ${id} cannot be its own peer`, 'Name another node with --peer.');
  if (policy !== undefined && policy !== 'none' && other === undefined) {
    throw refuse(`Node ${id} has no peer`, 'Name it with --peer, or number the nodes: node-0, node-1 ...');
  }
  const [{ replicaHomes }, { storeIdentity }] = await Promise.all([
    import('../server/replica-homes.ts'),
    import('../store/sqlite/schema.ts'),
  ]);
  return {
    peer: other,
    policy: other === undefined ? 'none' : policy,
    storeId: storeIdentity(data),
    homes: replicaHomes(join(data, 'replicas'), onFatal),
    firstContactMs: isNewDisk ? NEW_DISK_WAITS_MS : 0,
  };
}

function refuse(message: string, fix: string): CliError {
  return new CliError('WM8020', message, { exitCode: EXIT.usage, fix });
}
