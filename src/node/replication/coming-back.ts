/**
 * The return of a node that was taken over: learns from its peer which instances are no longer its own, removes them, and asks the
 * peer to take copies again. Owns nothing. To be done before anything is restored.
 */
import type { CheckpointStore } from '../../store/checkpoint-store.ts';
import { awaitReply } from '../../transport/await-reply.ts';
import type { Transport } from '../../transport/transport.ts';
import {
  decodeControl,
  encodeControl,
  REPLICA,
  replicaSubject,
  type BatchReply,
  type Refusal,
  type TakenOverReply,
} from './replica-messages.ts';

export interface ComingBackInit {
  readonly nodeId: string;
  readonly peer: string;
  readonly prefix: string;
  readonly transport: Transport;
  /** This node's own store, without its replication. */
  readonly store: CheckpointStore;
}

const ASK_LIMIT_MS = 10_000;

/**
 * Gives up what was taken over. Instances that the peer never had stay, and so do those whose copies it could not read.
 * False when the peer is not ready for it: it has not come to the end of the take-over, or there is none. Ask again then.
 * @throws TransportError when the peer does not answer
 */
export async function giveUpTaken(init: ComingBackInit): Promise<boolean> {
  const { store, nodeId: node } = init;
  let at: number | undefined;
  for (let from = 0; ;) {
    const reply = await ask<TakenOverReply | Refusal>(init, 'taken-over', {
      node,
      from,
    });
    // Of two take-overs the lists must not be mixed.
    if ('ok' in reply || (at !== undefined && reply.at !== at)) return false;
    at = reply.at;
    await Promise.all(reply.ids.map((id) => store.purge(id)));
    from = reply.next;
    if (reply.isLast) break;
  }
  const reply = await ask<BatchReply>(init, 'rejoin', { node, at });
  return reply.ok;
}

async function ask<T>(
  { transport, prefix, peer }: ComingBackInit,
  kind: string,
  request: object,
): Promise<T> {
  const data = encodeControl(request);
  const answer = await awaitReply(transport, replicaSubject(prefix, peer), data, {
    headers: { [REPLICA]: kind },
    timeout: ASK_LIMIT_MS,
  });
  return decodeControl(answer.data) as T;
}
