/**
 * Owns: the sockets of one process of a mesh, one listening and for every other process one for each direction. Invariants:
 *
 * 1. Between any two live processes there are two connections, each made by the one that sends on it. Whoever starts
 *    listens first and then looks around, so at least one of two sees the other; a greeting is answered by connecting back.
 * 2. A peer's subscriptions are in the routing table exactly while its connection to this process is open.
 * 3. A socket that refuses connections belongs to a dead process and is removed; its name is never used again.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { TransportError } from '../transport-error.ts';
import { IncomingConnection, type IncomingEvents } from './incoming-connection.ts';
import type { Link, Medium, Member } from './link.ts';
import { MeshPeer } from './mesh-peer.ts';
import { KIND } from './frame-format.ts';
import { OutgoingConnection } from './outgoing-connection.ts';
import { probeSocket } from './probe-socket.ts';
import { fullName, SocketDirectory, type PeerName } from './socket-directory.ts';
import { SyncRounds } from './sync-rounds.ts';
import type { Timers } from '../timers.ts';

export interface UnixMeshInit {
  readonly directory: string;
  /** Unique among all processes that ever had this id. */
  readonly incarnation: string;
  readonly member: Member;
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
  /** How long after its start a member counts on others that are about to start, ms. */
  readonly joinGraceMs: number;
  /** How long a member that is there is waited for: until it has told its subscriptions, and until it has read those of this one, ms. */
  readonly greetingMs: number;
  readonly timers: Timers;
}

const RESCAN_MS = 500;
const FIRST_RETRY_MS = 10;
const LONGEST_RETRY_MS = 1000;
const CLOSE_LIMIT_MS = 500;

export class UnixMesh implements Medium {
  readonly #init: UnixMeshInit;
  readonly #self: PeerName;
  readonly #directory: SocketDirectory;
  readonly #server: Server;
  readonly #peers = new Map<string, MeshPeer>();
  readonly #byId = new Map<string, MeshPeer>();
  readonly #strangers = new Set<IncomingConnection>();
  readonly #subscriptions = new Map<number, { subject: string; queue: string | undefined }>();
  readonly #syncs: SyncRounds;
  #starting = true;
  #closed = false;
  #rescan: NodeJS.Timeout | undefined;
  #change = Promise.withResolvers<void>();

  constructor(init: UnixMeshInit) {
    this.#init = init;
    this.#self = { id: init.member.id, incarnation: init.incarnation };
    this.#directory = new SocketDirectory(init.directory);
    this.#syncs = new SyncRounds(init.timers, init.greetingMs);
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /**
   * Listens, and connects to everybody who is there. Resolves when they have told their subscriptions, or had their time for it.
   * @throws TransportError WM6009, WM6010, WM6014
   */
  async start(): Promise<void> {
    await this.#directory.create(this.#self);
    await this.#listen();
    this.#server.on('error', (error) => this.#init.member.reportError(error));
    await this.#directory.publish(this.#self);
    const others = (await this.#directory.scan()).filter(
      (name) => name.incarnation !== this.#self.incarnation,
    );
    try {
      await Promise.all(
        others.filter((name) => name.id === this.#self.id).map((name) => this.#checkDead(name)),
      );
    } catch (error) {
      await this.close();
      throw error;
    }
    for (const name of others) if (name.id !== this.#self.id) this.#peer(name);
    const { timers, joinGraceMs, greetingMs } = this.#init;
    timers.set(() => {
      this.#starting = false;
      this.#changed();
    }, joinGraceMs);
    this.#rescan = setInterval(() => void this.#lookAround(), RESCAN_MS);
    this.#rescan.unref();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const limit = timers.set(resolve, greetingMs);
    await Promise.race([late, this.#allJoined()]);
    timers.clear(limit);
  }

  async announce(subscription: number, subject: string, queue: string | undefined): Promise<void> {
    this.#subscriptions.set(subscription, { subject, queue });
    for (const { outgoing } of this.#peers.values()) outgoing?.writer.subscribe(subscription, subject, queue);
    await this.#sync();
  }

  async withdraw(subscription: number): Promise<void> {
    this.#subscriptions.delete(subscription);
    for (const { outgoing } of this.#peers.values())
      outgoing?.writer.numbered(KIND.unsubscribe, subscription);
    await this.#sync();
  }

  linkTo(peer: string): Link | undefined {
    const found = this.#byId.get(peer);
    return found?.outgoing?.connected === true ? found : undefined;
  }

  joining(): Promise<void> | undefined {
    if (this.#closed) return undefined;
    if (this.#starting) return this.#change.promise;
    for (const peer of this.#peers.values()) if (peer.awaited) return this.#change.promise;
    return undefined;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#rescan);
    this.#syncs.endAll();
    await this.#directory.remove(this.#self);
    const serverClosed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const peers = [...this.#peers.values()];
    await Promise.all(peers.map(async (peer) => peer.outgoing?.end(CLOSE_LIMIT_MS)));
    for (const peer of peers) this.#drop(peer);
    for (const stranger of this.#strangers) stranger.destroy();
    await serverClosed;
  }

  /** Listens under a name that nobody looks for; see `SocketDirectory.publish`. */
  #listen(): Promise<void> {
    const path = this.#directory.unpublishedPath(this.#self);
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void =>
        reject(
          new TransportError('connection', `Cannot listen on ${path}: ${error.message}`, {
            cause: error,
            fix: 'Choose a directory on a local file system that this user can write to.',
          }),
        );
      this.#server.once('error', failed);
      this.#server.listen(path, () => {
        this.#server.removeListener('error', failed);
        resolve();
      });
    });
  }

  /** A socket with this process's id is of an earlier life, or somebody else uses the id. */
  async #checkDead(name: PeerName): Promise<void> {
    if (await probeSocket(this.#directory.socketPath(name))) {
      throw new TransportError('idInUse', `A running process already uses the id "${name.id}"`, {
        fix: 'Give every process of the directory its own id, or end the other process.',
      });
    }
    await this.#directory.remove(name);
  }

  async #lookAround(): Promise<void> {
    try {
      for (const name of await this.#directory.scan()) if (name.id !== this.#self.id) this.#peer(name);
    } catch (error) {
      if (!this.#closed) this.#init.member.reportError(error);
    }
  }

  #peer(name: PeerName): MeshPeer {
    const known = this.#peers.get(fullName(name));
    if (known !== undefined) return known;
    const peer = new MeshPeer(name);
    if (this.#closed) return peer;
    this.#peers.set(peer.fullName, peer);
    if (!this.#byId.has(name.id)) this.#byId.set(name.id, peer);
    peer.grace = this.#init.timers.set(() => this.#awaitNoLonger(peer), this.#init.greetingMs);
    this.#connect(peer);
    return peer;
  }

  #connect(peer: MeshPeer): void {
    peer.retry = undefined;
    if (this.#closed || peer.outgoing !== undefined) return;
    const outgoing = new OutgoingConnection(
      this.#directory.socketPath(peer.name),
      peer.peer,
      this.#init.maxBufferedBytes,
      {
        connected: () => this.#settle(peer),
        lost: (code) => this.#outgoingLost(peer, code),
        reportError: (error) => this.#init.member.reportError(error),
      },
    );
    peer.outgoing = outgoing;
    outgoing.writer.hello(this.#self.id, this.#self.incarnation);
    for (const [subscription, { subject, queue }] of this.#subscriptions) {
      outgoing.writer.subscribe(subscription, subject, queue);
    }
    outgoing.writer.ready();
  }

  #outgoingLost(peer: MeshPeer, code: string | undefined): void {
    peer.outgoing = undefined;
    this.#syncs.lost(peer);
    if (this.#closed || this.#peers.get(peer.fullName) !== peer) return;
    if (code === 'ECONNREFUSED' || code === 'ENOENT') {
      this.#drop(peer);
      this.#directory.remove(peer.name).catch((error: unknown) => this.#init.member.reportError(error));
      return;
    }
    // Dead (the next attempt is refused), or alive and too busy to accept, or displeased with a frame.
    const pause = Math.min(FIRST_RETRY_MS * 2 ** peer.attempts++, LONGEST_RETRY_MS);
    peer.retry = this.#init.timers.set(() => this.#connect(peer), pause);
  }

  #accept(socket: Socket): void {
    let peer: MeshPeer | undefined;
    const { member } = this.#init;
    const events: IncomingEvents = {
      hello: (name) => {
        this.#strangers.delete(incoming);
        peer = this.#peer(name);
        if (peer.incoming !== undefined) this.#incomingLost(peer);
        peer.incoming = incoming;
        this.#byId.set(name.id, peer);
      },
      subscribe: (subscription, subject, queue) => {
        member.peerSubscribed(peer!, subscription, subject, queue);
        this.#changed();
      },
      unsubscribe: (subscription) => member.peerUnsubscribed(peer!, subscription),
      ready: () => {
        peer!.ready = true;
        this.#settle(peer!);
      },
      sync: (token) => {
        peer!.outgoing?.writer.numbered(KIND.known, token);
        peer!.outgoing?.flushSoon();
      },
      known: (token) => this.#syncs.answered(peer!, token),
      message: (subscription, subject, replyTo, headers, data) =>
        member.received(subscription, subject, replyTo, headers, data),
      lost: () => {
        this.#strangers.delete(incoming);
        if (peer?.incoming === incoming) this.#incomingLost(peer);
      },
      reportError: (error) => member.reportError(error),
    };
    const incoming = new IncomingConnection(socket, this.#init.maxMessageBytes, events);
    this.#strangers.add(incoming);
  }

  #incomingLost(peer: MeshPeer): void {
    const { incoming } = peer;
    peer.incoming = undefined;
    peer.ready = false;
    incoming?.destroy();
    this.#init.member.peerLost(peer);
    this.#syncs.lost(peer);
    this.#changed();
  }

  #drop(peer: MeshPeer): void {
    if (this.#peers.get(peer.fullName) === peer) this.#peers.delete(peer.fullName);
    if (this.#byId.get(peer.peer) === peer) {
      this.#byId.delete(peer.peer);
      for (const other of this.#peers.values())
        if (other.peer === peer.peer) this.#byId.set(peer.peer, other);
    }
    if (peer.retry !== undefined) this.#init.timers.clear(peer.retry);
    this.#awaitNoLonger(peer);
    peer.outgoing?.destroy();
    this.#incomingLost(peer);
  }

  #settle(peer: MeshPeer): void {
    if (peer.joined) this.#awaitNoLonger(peer);
    this.#changed();
  }

  #awaitNoLonger(peer: MeshPeer): void {
    if (!peer.awaited) return;
    peer.awaited = false;
    this.#init.timers.clear(peer.grace);
    this.#changed();
  }

  #sync(): Promise<void> {
    const reachable: MeshPeer[] = [];
    for (const peer of this.#peers.values()) {
      if (peer.joined) reachable.push(peer);
      else peer.outgoing?.flushSoon();
    }
    return this.#syncs.ask(reachable);
  }

  async #allJoined(): Promise<void> {
    while ([...this.#peers.values()].some((peer) => peer.awaited)) await this.#change.promise;
  }

  #changed(): void {
    const { resolve } = this.#change;
    this.#change = Promise.withResolvers<void>();
    resolve();
  }
}
