/**
 * Two nodes with the real replication, leases and take-over, in a virtual world, running a toy in place of scripts: an instance makes
 * checkpoints 1, 2, 3 ... and tells the bank of each when it is made; after the last it completes. The bank knows everything,
 * and says what must never be.
 */
import { Replication } from '../../../src/node/replication/replication.ts';
import type { ReplicaHome, ReplicaLabel } from '../../../src/node/replication/replica-home.ts';
import type { CheckpointStore, StoredInstance } from '../../../src/store/checkpoint-store.ts';
import { Disk, Engine, Machine, Network, World } from './virtual-world.ts';

export const TTL = 1000;
const LAST = 4;

interface Home {
  readonly disk: Disk;
  label: ReplicaLabel;
  taken: readonly string[];
}

/** What outlives the processes of a node. */
export class Site {
  disk = new Disk();
  diskNumber = 1;
  homes = new Map<string, Home>();
  life: Life | undefined;
  readonly name: string;
  readonly peer: string;

  constructor(name: string, peer: string) {
    this.name = name;
    this.peer = peer;
  }
}

/** What was told to the outside, in the order of the world. */
export class Bank {
  /** Highest checkpoint that somebody was told of. */
  readonly told = new Map<string, number>();
  /** Who began to run the instance last. */
  readonly runner = new Map<string, Life>();
  readonly wrong: string[] = [];
  /** Instances that went on on the peer. */
  tookOver = 0;
  /** Take-overs that were not begun, because the dead node had been alone. */
  refused = 0;
  /** What was told by a node that was not in step. */
  toldAlone = 0;

  begins(id: string, life: Life, sequence: number, time: number): void {
    const told = this.told.get(id) ?? 0;
    if (sequence < told)
      this.wrong.push(`${time}: ${life.name} runs ${id} from ${sequence}, but ${told} was told`);
    this.runner.set(id, life);
  }

  tell(id: string, life: Life, sequence: number, time: number): void {
    const runner = this.runner.get(id);
    if (runner !== life)
      this.wrong.push(`${time}: ${life.name} tells of ${id} at ${sequence}, which runs on ${runner?.name}`);
    this.told.set(id, sequence);
    if (!life.isInStep) this.toldAlone++;
  }

  /** Somebody asks again, and gets the result that was kept. */
  answers(id: string, life: Life): void {
    this.told.set(id, LAST + 1);
    if (!life.isInStep) this.toldAlone++;
  }
}

export class Cluster {
  readonly world: World;
  readonly network: Network;
  readonly engine: Engine;
  readonly bank = new Bank();
  readonly sites: readonly [Site, Site];
  readonly errors: unknown[] = [];
  #instances = 0;

  constructor(seed: number) {
    this.world = new World(seed);
    this.network = new Network(this.world);
    this.engine = new Engine(this.world, this.network, TTL);
    this.sites = [new Site('a', 'b'), new Site('b', 'a')];
  }

  start(site: Site): void {
    if (site.life && !site.life.machine.isDead) return;
    const life = new Life(this, site);
    site.life = life;
    life.open().catch((error: unknown) => this.errors.push(error));
  }

  kill(site: Site): void {
    site.life?.kill();
  }

  newId(): string {
    return `i${String(++this.#instances).padStart(4, '0')}`;
  }
}

export class Life {
  readonly name: string;
  readonly machine: Machine;
  readonly #cluster: Cluster;
  readonly #site: Site;
  readonly #replication: Replication;
  readonly #running = new Set<string>();
  isServing = false;
  #isStopped = false;

  constructor(cluster: Cluster, site: Site) {
    this.#cluster = cluster;
    this.#site = site;
    const { world, network, engine } = cluster;
    this.machine = new Machine(world, world.between(0.95, 1.05));
    this.name = `${site.name} (since ${Math.round(world.time)})`;
    const { machine } = this;
    this.#replication = new Replication({
      nodeId: site.name,
      prefix: '',
      store: site.disk.open(machine),
      transport: network.transport(machine),
      environment: machine.environment,
      options: {
        peer: site.peer,
        storeId: `${site.name}-disk-${site.diskNumber}`,
        homes: {
          known: async () => [...site.homes.keys()],
          open: async (node) => this.#home(node),
        },
        leases: engine.reach(machine),
        limitMs: 150,
      },
      tookBack: (instance) => void (instance.status === 'running' && this.#run(instance)),
      restore: async (instance) => {
        cluster.bank.tookOver++;
        this.#run(instance);
      },
      changed: (status) => {
        if (status.state === 'taken-over') this.die();
      },
      leaseLost: () => this.die(),
      wrote: () => {},
      wantedCode: () => [],
      // Lost answers and the like are part of this world.
      reportError: (error) => {
        if ((error as { code?: unknown }).code === 'WM7018') cluster.bank.refused++;
      },
    });
  }

  #home(node: string): ReplicaHome {
    let home = this.#site.homes.get(node);
    if (!home) this.#site.homes.set(node, (home = { disk: new Disk(), label: NO_LABEL, taken: [] }));
    const kept = home;
    const durable = <T>(action: () => T): Promise<T> =>
      new Promise((resolve) =>
        this.machine.later(this.machine.world.between(0.1, 3), () => {
          resolve(action());
          this.machine.stumble();
        }),
      );
    return {
      store: kept.disk.open(this.machine),
      label: kept.label,
      saveLabel: (label) => durable(() => void (kept.label = label)),
      saveTaken: async (pages) => {
        const ids: string[] = [];
        for await (const page of pages) ids.push(...page);
        await durable(() => void (kept.taken = ids));
      },
      taken: (from, count) => durable(() => kept.taken.slice(from, from + count)),
    };
  }

  async open(): Promise<void> {
    await this.#replication.open();
    if (this.#isStopped) return;
    this.isServing = true;
    for await (const page of this.#store.unfinished()) for (const instance of page) this.#run(instance);
    for (const { id, status } of await this.#store.page('', 10_000))
      if (status === 'completed' && (await this.#speaks())) this.#cluster.bank.answers(id, this);
    await this.#replication.takeOver.open();
  }

  get #store(): CheckpointStore {
    return this.#replication.store;
  }

  get isInStep(): boolean {
    return !this.#isStopped && this.#replication.status?.state === 'in-step';
  }

  /** Begins a new instance. */
  begin(): void {
    if (!this.isServing || this.#isStopped || this.machine.isDead) return;
    this.machine.do(() => {
      const id = this.#cluster.newId();
      this.#cluster.bank.begins(id, this, 0, this.#cluster.world.time);
      this.#running.add(id);
      this.#go(id, 0).catch((error: unknown) => this.#cluster.errors.push(error));
    });
  }

  #run({ id, sequence }: StoredInstance): void {
    if (this.#isStopped || this.#running.has(id)) return;
    this.#running.add(id);
    this.#cluster.bank.begins(id, this, sequence, this.#cluster.world.time);
    this.#go(id, sequence).catch((error: unknown) => this.#cluster.errors.push(error));
  }

  async #go(id: string, from: number): Promise<void> {
    const { machine } = this;
    const { now } = machine.environment;
    // It does again what came after its checkpoint: whoever was not told of it before is told now.
    if (from > 0 && !(await this.#tell(id, from))) return;
    const head = { id, script: 'toy', requestId: id, codeHash: 'none', createdAt: 1 };
    for (let sequence = from + 1; sequence <= LAST; sequence++) {
      await this.#work();
      if (this.#isStopped) return;
      await this.#store.save({ ...head, sequence, at: now(), snapshot: Uint8Array.of(sequence) });
      if (this.#isStopped || !(await this.#tell(id, sequence))) return;
    }
    await this.#work();
    if (this.#isStopped) return;
    await this.#store.complete({ ...head, sequence: LAST, at: now(), outcome: Uint8Array.of(1) });
    if (this.#isStopped || !(await this.#tell(id, LAST + 1))) return;
    this.#running.delete(id);
  }

  #work(): Promise<void> {
    const { world } = this.#cluster;
    return new Promise((resolve) => this.machine.later(world.between(1, 400), resolve));
  }

  /** Through the transport that the node speaks through. */
  async #speaks(): Promise<boolean> {
    try {
      await this.#replication.transport.publish('bank', new Uint8Array(0));
      return !this.#isStopped;
    } catch {
      return false;
    }
  }

  async #tell(id: string, sequence: number): Promise<boolean> {
    if (!(await this.#speaks())) return false;
    this.#cluster.bank.tell(id, this, sequence, this.#cluster.world.time);
    return true;
  }

  /** The process says itself that it must not go on, and ends. */
  die(): void {
    this.#isStopped = true;
    this.machine.later(1, () => this.kill());
  }

  kill(): void {
    this.#isStopped = true;
    this.machine.kill();
    this.#cluster.network.forget(this.machine);
  }
}

const NO_LABEL: ReplicaLabel = { store: undefined, takenOver: undefined };
