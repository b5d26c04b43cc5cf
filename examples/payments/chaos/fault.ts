/** What can be done to a run. */
export type FaultKind = 'node' | 'pair' | 'disk' | 'nats' | 'freeze' | 'takeover' | 'all';

export const FAULTS: Readonly<Record<FaultKind, string>> = {
  node: 'kill -9 of a node',
  pair: 'kill -9 of both nodes of a pair at once',
  disk: 'kill -9 of a node, and its data folder is deleted',
  nats: 'kill -9 of a NATS server',
  freeze: 'a node stands still (SIGSTOP), then goes on',
  takeover: 'kill -9 of a node, which stays away until its peer has taken over its work, and then comes back',
  all: 'kill -9 of every process',
};

/** One kind of fault, as it is done to one run. */
export interface Fault {
  readonly kind: FaultKind;
  /** ms from the fault to its repair. */
  readonly lasts: number;
  /** Names of what can be hit now. */
  targets(): readonly string[];
  /** Resolves when it has happened. */
  inject(target: string): Promise<void>;
  /** Resolves when what was hit serves again. */
  repair(target: string): Promise<void>;
}
