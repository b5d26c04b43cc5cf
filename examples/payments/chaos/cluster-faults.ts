/** The faults, done to the processes of a run. */
import type { Cluster } from '../processes/cluster.ts';
import type { Fault, FaultKind } from './fault.ts';

export interface FaultTimes {
  /** ms until what was killed is started again. */
  readonly restartAfter: number;
  /** ms that a frozen node stands still. */
  readonly freezeFor: number;
  /** ms that a node to be taken over stays away. */
  readonly stayAway: number;
}

const EVERYTHING = 'everything';

export function clusterFaults(
  cluster: Cluster,
  kinds: readonly FaultKind[],
  { restartAfter, freezeFor, stayAway }: FaultTimes,
): readonly Fault[] {
  const serving = (): string[] => cluster.nodeNames.filter((name) => cluster.isServing(name));
  const inStep = (): string[] => serving().filter((name) => cluster.isPairInStep(name));
  const kill = (name: string): Promise<void> => cluster.kill(name);
  const restart = (name: string): Promise<void> => cluster.startNode(name);
  const faults: Record<FaultKind, Omit<Fault, 'kind'>> = {
    node: { lasts: restartAfter, targets: serving, inject: kill, repair: restart },
    pair: {
      lasts: restartAfter,
      targets: () => pairs(cluster),
      inject: async (pair) => void (await Promise.all(members(pair).map(kill))),
      repair: async (pair) => void (await Promise.all(members(pair).map(restart))),
    },
    // Never the only disk that has something: what is on one disk only is lost with it.
    disk: {
      lasts: restartAfter,
      targets: inStep,
      async inject(name) {
        await cluster.killMachine(name);
        cluster.loseDisk(name);
      },
      repair: restart,
    },
    nats: {
      lasts: restartAfter,
      targets: () => cluster.natsNames.filter((name) => cluster.isServing(name)),
      inject: kill,
      repair: (name) => cluster.startNats(name),
    },
    freeze: {
      lasts: freezeFor,
      targets: serving,
      async inject(name) {
        cluster.freeze(name);
      },
      async repair(name) {
        cluster.thaw(name);
      },
    },
    takeover: {
      lasts: stayAway,
      targets: inStep,
      inject: (name) => cluster.killMachine(name),
      repair: restart,
    },
    all: {
      lasts: restartAfter,
      targets: () => (cluster.isComplete() ? [EVERYTHING] : []),
      inject: () => cluster.killAll(),
      repair: () => cluster.start(),
    },
  };
  return kinds.map((kind) => ({ kind, ...faults[kind] }));
}

function pairs(cluster: Cluster): string[] {
  return cluster.nodeNames.flatMap((name) => {
    const peer = cluster.peerOf(name);
    const isFirst = peer !== undefined && name < peer;
    return isFirst && cluster.isServing(name) && cluster.isServing(peer) ? [`${name} and ${peer}`] : [];
  });
}

function members(pair: string): string[] {
  return pair.split(' and ');
}
