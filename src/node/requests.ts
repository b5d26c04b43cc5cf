/**
 * Owns: requests between their arrival and the start of an instance. Invariants:
 *
 * 1. Of one request id there is at most one instance on this node, running or kept; which one it is, is decided by one look
 *    at a time: requests that arrive during the look wait for its end.
 * 2. Whoever asks for a running instance gets its interim replies so far, and its final reply.
 * 3. A request is answered, or dropped because the node died; never both started and refused.
 */
import type { CheckpointStore, StoredInstance } from '../store/checkpoint-store.ts';
import { POSSIBLE_REPEAT, REQUEST_ID } from '../transport/headers.ts';
import type { Message } from '../transport/transport.ts';
import type { Admission } from './admission.ts';
import type { LoadedCode } from './code-library.ts';
import { requestInstanceId } from './instance-id.ts';
import type { LiveInstance, LiveInstances } from './live-instance.ts';
import { describeError, NodeError, NodeErrorCode } from './node-error.ts';
import { decodePayload } from '../payload.ts';
import type { HeldCopy } from './replication/replica-receiver.ts';
import type { RepeatFinder } from './repeat-finder.ts';
import { keptReply } from './results.ts';
import type { Replies } from './replies.ts';
import type { StatisticsBook } from './statistics.ts';

export interface NewInstance {
  readonly id: string;
  readonly script: string;
  readonly code: LoadedCode;
  readonly requestId: string | undefined;
  readonly replyTo: string | undefined;
  readonly input: unknown;
  /** Another run of the same request may have sent messages with the same ids. */
  readonly mayRepeat: boolean;
}

export interface RequestsInit {
  readonly live: LiveInstances;
  readonly store: CheckpointStore;
  readonly admission: Admission;
  readonly replies: Replies;
  readonly statistics: StatisticsBook;
  readonly newId: () => string;
  /** Admission has been granted. */
  readonly start: (instance: NewInstance) => LiveInstance;
  /** An unfinished instance of the store that does not run: true if recovery will still come to it. */
  readonly isToBeRecovered: (id: string) => boolean;
  /** The copy of another node's instance by its request. */
  readonly findCopy?: ((script: string, requestId: string) => Promise<HeldCopy | undefined>) | undefined;
  /** True while this node waits for instances that its disk has lost: a repeated request may be of one of them. */
  readonly mayMissInstances?: (() => boolean) | undefined;
  readonly reportError: (error: unknown) => void;
}

/** A request for a script; `code` is what a new instance runs, asked for when it starts. */
export interface ScriptRequest {
  readonly script: string;
  readonly code: () => LoadedCode;
  readonly message: Message;
}

/** Of nearly every look: shared, so never written to. */
const NO_REQUESTS: ScriptRequest[] = [];

export class Requests {
  readonly #init: RequestsInit;
  /** Looks under way, with the requests that wait for them. */
  readonly #looking = new Map<string, ScriptRequest[]>();
  /** Requesters of instances that recovery has not come to. */
  readonly #parked = new Map<string, string[]>();
  #finder: RepeatFinder | undefined;

  constructor(init: RequestsInit) {
    this.#init = init;
  }

  useFinder(finder: RepeatFinder): void {
    this.#finder = finder;
  }

  /** Looks under way. */
  get waiting(): number {
    return this.#looking.size;
  }

  receive(request: ScriptRequest): void {
    const requestId = request.message.headers[REQUEST_ID];
    if (requestId === undefined) {
      this.#begin(request, this.#init.newId(), undefined);
      return;
    }
    const id = requestInstanceId(request.script, requestId);
    const live = this.#init.live.get(id);
    if (live !== undefined) {
      this.#join(live, request.message.replyTo);
      return;
    }
    const waiting = this.#looking.get(id);
    if (waiting !== undefined) {
      if (waiting === NO_REQUESTS) this.#looking.set(id, [request]);
      else waiting.push(request);
      return;
    }
    const isRepeat = request.message.headers[POSSIBLE_REPEAT] === 'true';
    if (!isRepeat && this.#init.store.lacksRequest(request.script, requestId)) {
      // Nearly every request.
      this.#begin(request, id, requestId);
      return;
    }
    this.#looking.set(id, NO_REQUESTS);
    const found = this.#init.store.findRequest(request.script, requestId);
    found
      .then(
        (known) => {
          if (known !== undefined || isRepeat) return this.#lookUp(request, id, requestId, found);
          try {
            this.#beginOrJoin(request, id, requestId);
          } finally {
            this.#looked(id);
          }
          return undefined;
        },
        () => this.#lookUp(request, id, requestId, found),
      )
      .catch(this.#init.reportError);
  }

  /** For another node's requester: true when this node has the instance, which will reply. */
  async takeOver(script: string, requestId: string, replyTo: string | undefined): Promise<boolean> {
    const live = this.#init.live.get(requestInstanceId(script, requestId));
    if (live === undefined) return this.#answerFromStore(script, requestId, replyTo);
    this.#join(live, replyTo);
    return true;
  }

  /** True when this node keeps a copy of another one's instance. */
  async hasCopy(script: string, requestId: string): Promise<boolean> {
    return (await this.#init.findCopy?.(script, requestId)) !== undefined;
  }

  /** Recovery has come to an instance: its requesters that came earlier. */
  recovered(live: LiveInstance): void {
    const requesters = this.#parked.get(live.id);
    if (requesters === undefined) return;
    this.#parked.delete(live.id);
    for (const replyTo of requesters) this.#join(live, replyTo);
  }

  /** Recovery could not restore an instance. */
  notRecovered(id: string, error: NodeError): void {
    const requesters = this.#parked.get(id);
    this.#parked.delete(id);
    for (const replyTo of requesters ?? []) this.#init.replies.refusal(replyTo, error);
  }

  async #lookUp(
    request: ScriptRequest,
    id: string,
    requestId: string,
    found: Promise<StoredInstance | undefined>,
  ): Promise<void> {
    try {
      await this.#look(request, id, requestId, found);
    } catch (error) {
      this.#init.reportError(error);
      const cause = new NodeError(
        NodeErrorCode.storeFailed,
        `The request could not be looked up: ${String(error)}`,
        {
          cause: error,
          fix: 'Send it again with the same request id.',
        },
      );
      this.#init.replies.refusal(request.message.replyTo, cause);
    } finally {
      this.#looked(id);
    }
  }

  /** The look is over: those that came meanwhile. */
  #looked(id: string): void {
    const others = this.#looking.get(id) ?? NO_REQUESTS;
    this.#looking.delete(id);
    for (const other of others) this.receive(other);
  }

  async #look(
    request: ScriptRequest,
    id: string,
    requestId: string,
    found: Promise<StoredInstance | undefined>,
  ): Promise<void> {
    const { script, message } = request;
    if (await this.#answerFromStore(script, requestId, message.replyTo, found)) return;
    if (message.headers[POSSIBLE_REPEAT] === 'true') {
      if ((await this.#finder?.askOthers(script, requestId, message.replyTo)) === true) return;
      if (await this.answerFromCopy(script, requestId, message.replyTo)) return;
      if (this.#init.mayMissInstances?.() === true && !this.#init.live.has(id)) {
        // Begun anew here, it would take the place of the one that comes back.
        this.#init.replies.refusal(message.replyTo, notBackYet());
        return;
      }
      // While others were asked, the peer may have given the instance back, and it may have ended.
      if (await this.#answerFromStore(script, requestId, message.replyTo)) return;
    }
    this.#beginOrJoin(request, id, requestId);
  }

  /** It may have been started meanwhile by other means. */
  #beginOrJoin(request: ScriptRequest, id: string, requestId: string): void {
    const live = this.#init.live.get(id);
    if (live === undefined) this.#begin(request, id, requestId);
    else this.#join(live, request.message.replyTo);
  }

  /** @param found what the store said first, if it has been asked */
  async #answerFromStore(
    script: string,
    requestId: string,
    replyTo: string | undefined,
    found?: Promise<StoredInstance | undefined>,
  ): Promise<boolean> {
    const { store, live, replies, statistics } = this.#init;
    for (let first = found; ; first = undefined) {
      const known = await (first ?? store.findRequest(script, requestId));
      if (known === undefined) return false;
      const running = live.get(known.id);
      if (running !== undefined) {
        this.#join(running, replyTo);
        return true;
      }
      if (known.status === 'running') {
        if (this.#init.isToBeRecovered(known.id)) {
          this.#park(known.id, replyTo);
          return true;
        }
        // Either it ended since the store was asked, or it cannot be restored.
        const again = await store.findRequest(script, requestId);
        if (again?.status !== 'running' || live.has(known.id)) continue;
        replies.refusal(replyTo, quarantined(known.id));
        return true;
      }
      statistics.repeatedRequests++;
      if (replyTo !== undefined) replies.final(replyTo, keptReply(known));
      return true;
    }
  }

  /** The node that has the instance did not answer, but its copy is here: a second run would be wrong. */
  async answerFromCopy(script: string, requestId: string, replyTo: string | undefined): Promise<boolean> {
    const copy = await this.#init.findCopy?.(script, requestId);
    if (copy === undefined) return false;
    const { replies, statistics } = this.#init;
    statistics.repeatedRequests++;
    if (replyTo === undefined) return true;
    if (copy.instance.status === 'running') replies.refusal(replyTo, ownerAway(copy));
    else replies.final(replyTo, keptReply(copy.instance));
    return true;
  }

  #begin(request: ScriptRequest, id: string, requestId: string | undefined): void {
    const { admission, replies, statistics } = this.#init;
    const { script, message } = request;
    if (!admission.tryEnter()) {
      statistics.rejected++;
      const error = new NodeError(
        NodeErrorCode.tooManyInFlight,
        `"${script}" is not started: ${admission.limit} instances are in flight on this node`,
        { fix: 'Send the request again later, add nodes, or raise the limit.' },
      );
      replies.refusal(message.replyTo, error);
      return;
    }
    const { replyTo } = message;
    const input = decodePayload(message.data);
    const mayRepeat = requestId !== undefined && message.headers[POSSIBLE_REPEAT] === 'true';
    try {
      this.#init.start({ id, script, code: request.code(), requestId, replyTo, input, mayRepeat });
    } catch (error) {
      const what = `"${script}" cannot be started: ${describeError(error)}`;
      replies.refusal(replyTo, new NodeError(NodeErrorCode.codeNotLoadable, what, { cause: error }));
      this.#init.reportError(error);
    }
  }

  #join(live: LiveInstance, replyTo: string | undefined): void {
    this.#init.statistics.repeatedRequests++;
    if (replyTo === undefined) return;
    live.addRequester(replyTo);
    this.#init.replies.interimsAgain(live, replyTo);
  }

  #park(id: string, replyTo: string | undefined): void {
    if (replyTo === undefined) return;
    const requesters = this.#parked.get(id);
    if (requesters === undefined) this.#parked.set(id, [replyTo]);
    else if (!requesters.includes(replyTo)) requesters.push(replyTo);
  }
}

function ownerAway({ node, instance }: HeldCopy): NodeError {
  return new NodeError(
    NodeErrorCode.ownerAway,
    `The request runs as instance ${instance.id} on node ${node}, which does not answer`,
    {
      fix: 'Send it again with the same request id: the instance goes on when that node is back or was taken over.',
    },
  );
}

function notBackYet(): NodeError {
  return new NodeError(
    NodeErrorCode.ownerAway,
    'This node has a new disk, and its instances are not back from its peer: one of them may be of this request',
    { fix: 'Send it again with the same request id.' },
  );
}

function quarantined(id: string): NodeError {
  return new NodeError(
    NodeErrorCode.quarantined,
    `Instance ${id} of this request cannot be restored on this node`,
    {
      fix: 'See why with `waymark instances show`, then retry or purge it.',
    },
  );
}
