/**
 * This process among those that share the partitions of their jobs.
 *
 * Owns: its subscriptions, the sessions that it has opened elsewhere and those of others that run here. Invariants:
 * M1. At most `capacity` workers run here for others; one more is refused.
 * M2. A frame of a session that is not known is answered with its end, so that nobody goes on alone.
 * M3. A session that has ended does not come back, whatever arrives late.
 */
import type { BatchEnvironment } from '../engine/batch-environment.ts';
import { ThreadLink } from '../workers/thread-link.ts';
import type { OpenWorker } from '../workers/worker-link.ts';
import type { Message, Subscription, Transport } from '../../transport/transport.ts';
import { HostedWorker, type OpenThread, type ServedCode } from './hosted-worker.ts';
import { NodeDirectory, PRESENCE_MS } from './node-directory.ts';
import { NodeWorker } from './node-worker.ts';
import { OtherCodeError } from '../batch-error.ts';
import type { PartitionEvent, PartitionNode, PartitionNodes } from './partition-nodes.ts';
import {
  type CloseReason,
  type Envelope,
  type Frame,
  pack,
  type Presence,
  presenceSubject,
  processSubject,
  PROTOCOL_VERSION,
  unpack,
} from './session-frames.ts';
import type { SessionLink } from './session-link.ts';

export interface ClusterMemberOptions {
  readonly transport: Transport;
  readonly prefix: string | undefined;
  /** Of this process, unlike any other's: a token of a subject. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Name of this machine: what is a file on it is not there on another one. */
  readonly host: string;
  /** Workers for others, and partitions of this node's own jobs in steps that are spread, each. */
  readonly capacity: number;
  /** How long a worker goes on without hearing of the job's node, ms. */
  readonly leaseMs: number;
  readonly environment: BatchEnvironment;
  readonly jobs: ReadonlyMap<string, ServedCode>;
  readonly onEvent: (event: PartitionEvent) => void;
  readonly onError: (error: unknown) => void;
  /** Default: worker threads. */
  readonly openThread?: OpenThread;
}

/** How many ended sessions are remembered. */
const ENDED_KEPT = 1000;

export class ClusterMember implements PartitionNodes {
  readonly #options: ClusterMemberOptions;
  readonly #directory: NodeDirectory;
  readonly #sessions = new Map<string, SessionLink>();
  readonly #hosted = new Map<string, HostedWorker>();
  readonly #ended = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #nodes = new Map<string, PartitionNode>();
  /** Nodes whose other code was told of. */
  readonly #told = new Set<string>();
  #subscriptions: readonly Subscription[] = [];
  #cancel: () => void = () => undefined;
  #opened = 0;
  #closing = false;

  private constructor(options: ClusterMemberOptions) {
    this.#options = options;
    this.#directory = new NodeDirectory(() => options.environment.monotonic());
  }

  static async open(options: ClusterMemberOptions): Promise<ClusterMember> {
    const member = new ClusterMember(options);
    const { transport, prefix, id } = options;
    member.#subscriptions = [
      await transport.subscribe(processSubject(prefix, id), {}, (message) => member.#received(message)),
      await transport.subscribe(presenceSubject(prefix), {}, (message) => member.#present(message)),
    ];
    member.#beat();
    return member;
  }

  get capacity(): number {
    return Math.max(1, this.#options.capacity);
  }

  /** Workers that run here for others now. */
  get hosted(): number {
    return this.#hosted.size;
  }

  nodesFor(jobName: string): readonly PartitionNode[] {
    const code = this.#options.jobs.get(jobName);
    if (code === undefined || this.#closing) return [];
    return this.#directory
      .all()
      .filter(({ jobs }) => Object.hasOwn(jobs, jobName))
      .filter((presence) => this.#hasSameCode(presence, jobName, code))
      .map((presence) => this.#nodeOf(presence, jobName, code));
  }

  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  }

  report(event: PartitionEvent): void {
    this.#options.onEvent(event);
  }

  /**
   * Takes no more, and gives nothing new to others. What runs here for others goes on elsewhere, after its next checkpoint.
   * @param limitMs After its last one, if the next does not come in time.
   */
  async leave(limitMs: number): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#cancel();
    this.#say(true);
    const late = Promise.withResolvers<void>();
    const cancel = this.#options.environment.after(limitMs, () => late.resolve());
    await Promise.all([...this.#hosted.values()].map((worker) => worker.leave(late.promise)));
    cancel();
  }

  /** Leaves, and hears nothing any more: what others run for this process ends. */
  async close(): Promise<void> {
    await this.leave(0);
    for (const session of this.#sessions.values()) session.close('over');
    for (const subscription of this.#subscriptions) await subscription.unsubscribe();
  }

  #hasSameCode({ id, name, jobs }: Presence, jobName: string, { codeHash }: ServedCode): boolean {
    if (jobs[jobName] === codeHash) return true;
    const key = `${id} ${jobName}`;
    if (!this.#told.has(key)) {
      this.#told.add(key);
      this.report({ kind: 'refused', jobName, error: new OtherCodeError(jobName, name) });
    }
    return false;
  }

  #nodeOf({ id, name }: Presence, jobName: string, code: ServedCode): PartitionNode {
    const key = `${id} ${jobName}`;
    let node = this.#nodes.get(key);
    if (node === undefined) {
      const directory = this.#directory;
      node = {
        id,
        name,
        get free() {
          return directory.free(id);
        },
        open: (setup, on) => this.#open(id, name, jobName, code, setup, on),
      };
      this.#nodes.set(key, node);
    }
    return node;
  }

  #open(
    id: string,
    nodeName: string,
    jobName: string,
    { codeHash }: ServedCode,
    ...[setup, on]: Parameters<OpenWorker>
  ): NodeWorker {
    const { environment, leaseMs, host } = this.#options;
    const session = `${this.#options.id}.${++this.#opened}`;
    this.#directory.took(id);
    const worker = new NodeWorker(
      {
        environment,
        leaseMs,
        jobName,
        codeHash,
        host,
        nodeName,
        send: (frame) => this.#send(id, session, frame),
        closed: (why) => this.#left(id, session, why),
      },
      setup,
      on,
    );
    this.#sessions.set(session, worker.session);
    return worker;
  }

  #left(id: string, session: string, why: CloseReason): void {
    this.#forget(session);
    if (why === 'full') this.#directory.isFull(id);
    else if (why !== 'over') {
      // It begins again as somebody new, for the steps that run too.
      this.#directory.avoid(id, 2 * this.#options.leaseMs);
      for (const key of this.#nodes.keys()) if (key.startsWith(`${id} `)) this.#nodes.delete(key);
    }
    this.#changed();
  }

  #received({ data }: Message): void {
    const { session, from, frame } = (unpack(data) ?? {}) as Partial<Envelope>;
    if (session === undefined || from === undefined || frame === undefined) return;
    const known = this.#sessions.get(session);
    if (known !== undefined) known.receive(frame);
    else if (frame.kind === 'data' && frame.number === 0 && !this.#ended.has(session))
      this.#host(session, from, frame);
    else if (frame.kind !== 'close') this.#refuse(session, from, 'unknown');
  }

  #host(session: string, from: string, first: Frame): void {
    const { capacity, environment, leaseMs, name, host, jobs, openThread } = this.#options;
    if (this.#closing || this.#hosted.size >= capacity) {
      this.#refuse(session, from, this.#closing ? 'left' : 'full');
      return;
    }
    const worker = new HostedWorker({
      environment,
      leaseMs,
      nodeName: name,
      host,
      codeOf: (jobName) => jobs.get(jobName),
      openThread: openThread ?? ((source, setup, on) => new ThreadLink(source, setup, on)),
      send: (frame) => this.#send(from, session, frame),
      closed: () => {
        this.#forget(session);
        this.#hosted.delete(session);
        if (!this.#closing) this.#say(false);
      },
    });
    this.#hosted.set(session, worker);
    this.#sessions.set(session, worker.session);
    worker.session.receive(first);
  }

  #refuse(session: string, from: string, why: CloseReason): void {
    this.#send(from, session, { kind: 'close', why, next: 0 });
  }

  #forget(session: string): void {
    this.#sessions.delete(session);
    this.#ended.add(session);
    const [oldest] = this.#ended;
    if (this.#ended.size > ENDED_KEPT) this.#ended.delete(oldest!);
  }

  #send(to: string, session: string, frame: Frame): void {
    const { transport, prefix, id, onError } = this.#options;
    const envelope: Envelope = { session, from: id, frame };
    // What is lost is sent again, or the session ends.
    transport.publish(processSubject(prefix, to), pack(envelope)).catch(onError);
  }

  #present({ data }: Message): void {
    const presence = unpack(data) as Presence | undefined;
    if (presence?.version !== PROTOCOL_VERSION || presence.id === this.#options.id) return;
    const isNew = this.#directory.heard(presence);
    // Who has just come need not wait to hear of this one.
    if (isNew && !this.#closing) this.#say(false);
    this.#changed();
  }

  #beat(): void {
    this.#say(false);
    if (this.#directory.forget()) this.#changed();
    this.#cancel = this.#options.environment.after(PRESENCE_MS, () => this.#beat());
  }

  #say(leaving: boolean): void {
    const { transport, prefix, id, name, capacity, jobs, onError } = this.#options;
    const presence: Presence = {
      version: PROTOCOL_VERSION,
      id,
      name,
      free: capacity - this.#hosted.size,
      jobs: Object.fromEntries([...jobs].map(([jobName, { codeHash }]) => [jobName, codeHash])),
      leaving,
    };
    transport.publish(presenceSubject(prefix), pack(presence)).catch(onError);
  }

  #changed(): void {
    for (const changed of this.#listeners) changed();
  }
}
