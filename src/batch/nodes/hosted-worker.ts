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
import type { CloseReason } from './session-frames.ts';
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
  readonly openThread: OpenThread;
  readonly closed: () => void;
}

export class HostedWorker {
  readonly session: SessionLink;
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
        init.closed();
      },
    });
  }

  /** Resolves when the thread has ended. */
  async end(why: CloseReason): Promise<void> {
    this.session.close(why);
    await this.#ended;
  }

  #hear(message: ToNode): void {
    if (message.kind !== 'begin') {
      this.#thread?.post(message);
      return;
    }
    const { nodeName, openThread, codeOf } = this.#init;
    const code = codeOf(message.jobName);
    if (code?.codeHash !== message.codeHash) {
      this.session.close(code === undefined ? 'unknownJob' : 'otherCode');
      return;
    }
    const expected = { codeHash: code.codeHash, node: nodeName };
    this.#thread = openThread(
      code.source,
      { ...message.setup, expected },
      {
        message: (told) => this.#tell(told),
        gone: (why) => this.#tell({ kind: 'died', error: thrownData(why) }),
      },
    );
  }

  #tell(message: FromNode): void {
    try {
      this.session.post(message);
    } catch (error) {
      // What can be sent between threads, and not between processes: a key, a port.
      this.session.post({ kind: 'died', error: thrownData(asError(error)) });
    }
  }
}
