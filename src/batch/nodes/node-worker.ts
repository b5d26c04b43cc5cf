/** A worker of another node, as the node of the job sees it. Owns: its session. */
import { NodeLostError, OtherCodeError } from '../batch-error.ts';
import { revived } from '../workers/thrown-data.ts';
import type { SharedSetup, WorkerLink, WorkerLinkEvents } from '../workers/worker-link.ts';
import type { ToWorker } from '../workers/worker-messages.ts';
import type { FromNode, ToNode } from './node-messages.ts';
import type { CloseReason } from './session-frames.ts';
import { SessionLink, type SessionLinkOptions } from './session-link.ts';

export interface NodeWorkerInit extends Pick<SessionLinkOptions, 'leaseMs' | 'environment' | 'send'> {
  readonly jobName: string;
  readonly codeHash: string;
  /** Name of this machine. */
  readonly host: string;
  /** For people. */
  readonly nodeName: string;
  readonly closed: (why: CloseReason) => void;
}

export class NodeWorker implements WorkerLink {
  readonly session: SessionLink;
  readonly #init: NodeWorkerInit;
  readonly #on: WorkerLinkEvents;
  #death: Error | undefined;
  #over = false;

  constructor(init: NodeWorkerInit, setup: SharedSetup, on: WorkerLinkEvents) {
    this.#init = init;
    this.#on = on;
    this.session = new SessionLink({
      ...init,
      side: 'job',
      deliver: (message) => this.#hear(message as FromNode),
      closed: (why) => this.#closed(why),
    });
    const { jobName, codeHash, host } = init;
    this.#tell({ kind: 'begin', jobName, codeHash, host, setup });
  }

  post(message: ToWorker): void {
    this.#tell(message);
  }

  async end(): Promise<void> {
    this.#over = true;
    this.session.close('over');
  }

  #tell(message: ToNode): void {
    this.session.post(message);
  }

  #hear(message: FromNode): void {
    if (message.kind === 'died') {
      this.#death = revived(message.error);
      this.session.close('over');
    } else this.#on.message(message);
  }

  #closed(why: CloseReason): void {
    this.#init.closed(why);
    if (this.#over) return;
    this.#on.gone(this.#death ?? this.#lossOf(why));
  }

  #lossOf(why: CloseReason): Error {
    const { jobName, nodeName } = this.#init;
    switch (why) {
      case 'otherCode':
      case 'unknownJob':
        return new OtherCodeError(jobName, nodeName);
      case 'full':
      case 'left':
      case 'silent':
        return new NodeLostError(nodeName, why);
      default:
        return new NodeLostError(nodeName, 'closed');
    }
  }
}
