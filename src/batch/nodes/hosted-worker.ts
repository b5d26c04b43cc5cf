/**
 * A worker thread that runs partitions for a job of another node.
 *
 * Owns: the thread, and its session. Invariants:
 * H1. The thread is ended as soon as the session is: whoever does not hear of the job's node any more may not go on.
 * H2. Messages pass as they are; nothing of a partition is decided here.
 */
import { asError } from '../batch-error.ts';
import type { WorkerSource } from '../definition/worker-source.ts';
import { thrownData } from '../workers/thrown-data.ts';
import type { SharedSetup, WorkerLink, WorkerLinkEvents } from '../workers/worker-link.ts';
import type { FromNode, ToNode } from './node-messages.ts';
import { SessionLink, type SessionLinkOptions } from './session-link.ts';

/** Of a job that this node serves. */
export interface ServedCode {
  readonly source: WorkerSource;
  readonly codeHash: string;
}

export type OpenThread = (source: WorkerSource, setup: SharedSetup, on: WorkerLinkEvents) => WorkerLink;

export interface HostedWorkerInit extends Pick<SessionLinkOptions, 'leaseMs' | 'environment' | 'send'> {
  readonly codeOf: (jobName: string) => ServedCode | undefined;
  readonly nodeName: string;
  /** Name of this machine. */
  readonly host: string;
  readonly openThread: OpenThread;
  readonly closed: () => void;
}

export class HostedWorker {
  readonly session: SessionLink;
  /** A partition runs, as the messages say that pass. */
  #busy = false;
  readonly #closed = Promise.withResolvers<void>();
  readonly #init: HostedWorkerInit;
  #thread: WorkerLink | undefined;
  #ended: Promise<void> | undefined;

  constructor(init: HostedWorkerInit) {
    this.#init = init;
    this.session = new SessionLink({
      ...init,
      side: 'worker',
      deliver: (message) => this.#hear(message as ToNode),
      closed: () => {
        this.#ended = this.#thread?.end();
        this.#closed.resolve();
        init.closed();
      },
    });
  }

  /**
   * Lets the partition come to its next checkpoint, from where another node goes on.
   * @param inTime Resolves when there is no more time for that.
   */
  async leave(inTime: Promise<void>): Promise<void> {
    if (this.#busy) {
      this.#thread?.post({ kind: 'leave' });
      // The node of the job ends the session when it has heard of it.
      await Promise.race([this.#closed.promise, inTime]);
    }
    this.session.close('left');
    await this.#ended;
  }

  #hear(message: ToNode): void {
    if (message.kind !== 'begin') {
      if (message.kind === 'run') this.#busy = true;
      this.#thread?.post(message);
      return;
    }
    const { nodeName, host, openThread, codeOf } = this.#init;
    const code = codeOf(message.jobName);
    if (code?.codeHash !== message.codeHash) {
      this.session.close(code === undefined ? 'unknownJob' : 'otherCode');
      return;
    }
    const hosted = { codeHash: code.codeHash, node: nodeName, isElsewhere: message.host !== host };
    this.#thread = openThread(
      code.source,
      { ...message.setup, hosted },
      {
        message: (told) => this.#tell(told),
        gone: (why) => this.#tell({ kind: 'died', error: thrownData(why) }),
      },
    );
  }

  #tell(message: FromNode): void {
    if (message.kind === 'done' || message.kind === 'failed') this.#busy = false;
    try {
      this.session.post(message);
    } catch (error) {
      // What can be sent between threads, and not between processes: a key, a port.
      this.session.post({ kind: 'died', error: thrownData(asError(error)) });
    }
  }
}
