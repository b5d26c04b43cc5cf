/**
 * A world in virtual time: machines with clocks that run a little wrong, freeze and die; a network that delays and loses; disks
 * whose writes take time and are lost with the machine until they are done; leases behind that network. Everything follows from a seed.
 * What a frozen machine would do (timers, messages, answers of its disk) it does when it thaws, in no particular order of urgency.
 */
import { MemoryStore } from '../../../src/store/memory/memory-store.ts';
import type { CheckpointStore } from '../../../src/store/checkpoint-store.ts';
import { InProcessLeases } from '../../../src/transport/local/in-process-leases.ts';
import type { LeaseStore, Ownership } from '../../../src/transport/lease-store.ts';
import { TransportError } from '../../../src/transport/transport-error.ts';
import type { Headers, Message, Transport } from '../../../src/transport/transport.ts';
import type { NodeEnvironment } from '../../../src/node/environment.ts';

interface Event {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

export class World {
  time = 0;
  /** How often a machine stumbles at a moment that matters. */
  stumbling = 0;
  longestFreeze = 0;
  readonly #events: Event[] = [];
  #order = 0;
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  /** 0 to 1. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  after(ms: number, action: () => void): void {
    const event = { at: this.time + ms, order: this.#order++, action };
    let at = this.#events.length;
    while (at > 0 && this.#events[at - 1]!.at > event.at) at--;
    this.#events.splice(at, 0, event);
  }

  /** Runs everything that is due in the next `ms`, with all jobs that follow from it. */
  async run(ms: number): Promise<void> {
    const end = this.time + ms;
    for (let event = this.#events[0]; event !== undefined && event.at <= end; event = this.#events[0]) {
      this.#events.shift();
      this.time = event.at;
      event.action();
      await settle();
    }
    this.time = end;
  }
}

/** All promise jobs that are ready, and those that follow from them. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** One life of a process. */
export class Machine {
  readonly world: World;
  readonly #rate: number;
  readonly #born: number;
  #isFrozen = false;
  isDead = false;
  #held: (() => void)[] = [];
  #timers = new Set<object>();

  constructor(world: World, rate: number) {
    this.world = world;
    this.#rate = rate;
    this.#born = world.time;
  }

  /** Does it now, when it thaws, or never. */
  do(action: () => void): void {
    if (this.isDead) return;
    if (this.#isFrozen) this.#held.push(action);
    else action();
  }

  later(ms: number, action: () => void): void {
    this.world.after(ms, () => this.do(action));
  }

  /** At a moment that matters: freezes for a while, or dies, now and then. */
  stumble(): void {
    const { world } = this;
    if (this.isDead || world.random() > world.stumbling) return;
    if (world.random() < 0.3) {
      this.kill();
      return;
    }
    this.freeze();
    world.after(world.between(0, world.longestFreeze), () => this.thaw());
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  thaw(): void {
    this.#isFrozen = false;
    const held = this.#held;
    this.#held = [];
    // One after the other: jobs of one run before the next.
    for (const action of held) this.later(this.world.between(0, 2), action);
  }

  kill(): void {
    this.isDead = true;
    this.#held = [];
    this.#timers.clear();
  }

  readonly environment: NodeEnvironment = {
    now: () => 1e12 + this.#own(this.world.time),
    monotonic: () => this.#own(this.world.time - this.#born),
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(this.world.random() * 256)),
    setTimer: (action, ms) => {
      const handle = {};
      this.#timers.add(handle);
      this.later(Math.max(0, ms) / this.#rate, () => {
        if (this.#timers.delete(handle)) action();
      });
      return handle;
    },
    clearTimer: (handle) => void this.#timers.delete(handle as object),
    defer: (action) => this.later(0.01, action),
    listScripts: async () => [],
    watchFolder: () => ({ close() {} }),
  };

  #own(ms: number): number {
    return ms * this.#rate;
  }
}

/** What survives its machine. Writes and reads are answered in their order; what was not answered when the machine died has not happened. */
export class Disk {
  readonly content = new MemoryStore();

  open(machine: Machine): CheckpointStore {
    let queue: (() => void)[] = [];
    // Some are slow: what takes several writes then takes as long as a lease.
    const slowest = machine.world.random() < 0.3 ? 150 : 1.5;
    const put = (action: () => void): void => {
      queue.push(action);
      if (queue.length > 1) return;
      machine.later(machine.world.between(0.05, slowest), () => {
        const ready = queue;
        queue = [];
        for (const done of ready) done();
      });
    };
    return new Proxy(this.content, {
      get: (target, name) => {
        if (name === 'close') return async () => {};
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        // Pages of an iteration.
        if (name === 'unfinished') return value.bind(target) as unknown;
        return (...args: unknown[]) =>
          new Promise((resolve, reject) => {
            put(() => {
              Promise.resolve(value.apply(target, args) as unknown).then(resolve, reject);
            });
          });
      },
    });
  }
}

interface Subscriber {
  readonly machine: Machine;
  readonly subject: string;
  readonly handler: (message: Message) => void;
}

/** Core NATS, about: no storage, at most once, in order from one machine to another. */
export class Network {
  readonly world: World;
  readonly #subscribers = new Set<Subscriber>();
  readonly #lastArrival = new Map<string, number>();
  readonly #cut = new Set<Machine>();
  /** Share of messages that are lost. */
  loss = 0;
  #inboxes = 0;

  constructor(world: World) {
    this.world = world;
  }

  cut(machine: Machine, isCut: boolean): void {
    if (isCut) this.#cut.add(machine);
    else this.#cut.delete(machine);
  }

  isCut(machine: Machine): boolean {
    return this.#cut.has(machine);
  }

  #loses(): boolean {
    return this.world.random() < this.loss;
  }

  send(from: Machine, message: Message): boolean {
    if (this.isCut(from)) return true;
    const receivers = [...this.#subscribers].filter(({ subject }) => subject === message.subject);
    for (const { machine, handler } of receivers) {
      if (this.isCut(machine) || this.#loses()) continue;
      const link = `${machineNumber(from)}>${machineNumber(machine)}`;
      const arrival = Math.max(
        this.world.time + this.world.between(0.1, this.world.random() < 0.02 ? 400 : 4),
        this.#lastArrival.get(link) ?? 0,
      );
      this.#lastArrival.set(link, arrival);
      machine.later(arrival - this.world.time, () => handler(message));
    }
    return receivers.length > 0;
  }

  transport(machine: Machine): Transport {
    const subscribe = (subject: string, handler: (message: Message) => void) => {
      const subscriber = { machine, subject, handler };
      this.#subscribers.add(subscriber);
      return { unsubscribe: async () => void this.#subscribers.delete(subscriber) };
    };
    const { setTimer, clearTimer } = machine.environment;
    return {
      subscribe: async (subject, _, handler) => subscribe(subject, handler),
      publish: async (subject, data, options) => {
        const { headers = {}, replyTo } = options ?? {};
        this.send(machine, { subject, data: data.slice(), headers, replyTo });
      },
      request: (subject, data, { headers = {}, timeout }, requester) => {
        const replyTo = `inbox.${++this.#inboxes}`;
        let isOver = false;
        const end = (tell: () => void): void => {
          void inbox.unsubscribe();
          clearTimer(timer);
          if (!isOver) tell();
          isOver = true;
        };
        const fail = (kind: 'timeout' | 'noResponders', what: string): void =>
          end(() => requester.failed(new TransportError(kind, what)));
        const inbox = subscribe(replyTo, (reply) => {
          if (reply.headers['waymark-interim'] === 'true') requester.interim?.(reply);
          else end(() => requester.replied(reply));
        });
        const timer = setTimer(() => fail('timeout', 'no answer in time'), timeout);
        if (this.send(machine, { subject, data: data.slice(), headers: headers as Headers, replyTo })) return;
        machine.later(1, () => fail('noResponders', 'nobody is there'));
      },
      close: async () => {},
    };
  }

  forget(machine: Machine): void {
    for (const subscriber of this.#subscribers)
      if (subscriber.machine === machine) this.#subscribers.delete(subscriber);
  }
}

const numbers = new WeakMap<Machine, number>();
let lastNumber = 0;
function machineNumber(machine: Machine): number {
  let number = numbers.get(machine);
  if (number === undefined) numbers.set(machine, (number = ++lastNumber));
  return number;
}

/** The lease engine, and how machines reach it: slowly, sometimes not at all, sometimes through a server that is behind. */
export class Engine {
  readonly #world: World;
  readonly #network: Network;
  readonly #leases: InProcessLeases;
  /** What would be without the mark of a node that is alone: it is not written. */
  forgetsAlone = false;
  readonly #past: { readonly at: number; readonly name: string; readonly owner: Ownership }[] = [];

  constructor(world: World, network: Network, ttlMs: number) {
    this.#world = world;
    this.#network = network;
    this.#leases = new InProcessLeases(ttlMs, () => world.time);
  }

  reach(machine: Machine): LeaseStore {
    const far = <T>(ask: () => Promise<T>): Promise<T> => this.#far(machine, ask);
    const leases = this.#leases;
    return {
      ttlMs: leases.ttlMs,
      acquire: (name, holder) => far(() => leases.acquire(name, holder)),
      renew: (name, record) => far(() => leases.renew(name, record)),
      read: (name) => far(() => leases.read(name)),
      release: (name, record) => far(() => leases.release(name, record)),
      claim: (name, { takenOver, alone }, revision) =>
        far(async () => {
          const owner = { takenOver, alone: this.forgetsAlone ? undefined : alone };
          const isDone = await leases.claim(name, owner, revision);
          this.#past.push({ at: this.#world.time, name, owner: await leases.ownership(name) });
          return isDone;
        }),
      ownership: (name) =>
        far(async () => {
          const behind = this.#world.random() < 0.2 ? this.#world.between(0, leases.ttlMs * 2) : 0;
          const known = this.#past.filter(
            (past) => past.name === name && past.at <= this.#world.time - behind,
          );
          return known.at(-1)?.owner ?? { takenOver: undefined, revision: 0 };
        }),
    };
  }

  #far<T>(machine: Machine, ask: () => Promise<T>): Promise<T> {
    const world = this.#world;
    const leg = (): number =>
      world.random() < 0.1 ? world.between(0, 1.5 * this.#leases.ttlMs) : world.between(0.2, 5);
    const isLost = (): boolean => this.#network.isCut(machine) || world.random() < this.#network.loss;
    return new Promise((resolve, reject) => {
      const timer = machine.environment.setTimer(() => reject(new Error('no answer of the engine')), 500);
      if (isLost()) return;
      world.after(leg(), () => {
        ask().then(
          (value) => {
            machine.stumble();
            if (isLost()) return;
            machine.later(leg(), () => {
              machine.environment.clearTimer(timer);
              resolve(value);
            });
          },
          (error: unknown) => machine.do(() => reject(error as Error)),
        );
      });
    });
  }
}
