/** The greeting that begins a session: who we are, which disk we have, which versions of the protocol we speak. */
import { awaitReply } from '../../transport/await-reply.ts';
import type { Transport } from '../../transport/transport.ts';
import { agree, SPEAKS, type Speaks } from './protocol-version.ts';
import { decodeControl, encodeControl, REPLICA, replicaSubject } from './replica-messages.ts';
import type { Hello, HelloReply, Refusal } from './replica-messages.ts';

export interface GreetingInit {
  readonly nodeId: string;
  readonly peerId: string;
  readonly storeId: string;
  readonly prefix: string;
  readonly transport: Transport;
  readonly limitMs: number;
  readonly speaks?: Speaks | undefined;
}

/** The peer's answer, with the features that both have; or why the two do not understand each other. */
export type Greeted =
  | { readonly hello: HelloReply; readonly features: ReadonlySet<string> }
  | { readonly noCommonVersion: string };

/** @throws TransportError when the peer does not answer */
export async function greet(init: GreetingInit, session: string): Promise<Greeted> {
  const { transport, nodeId: node, peerId, storeId: store, prefix, limitMs: timeout } = init;
  const speaks = init.speaks ?? SPEAKS;
  const greeting: Hello = { node, store, session, speaks };
  const headers = { [REPLICA]: 'hello' };
  const subject = replicaSubject(prefix, peerId);
  const answer = await awaitReply(transport, subject, encodeControl(greeting), { headers, timeout });
  const hello = decodeControl(answer.data) as HelloReply | Refusal;
  const agreed = agree(speaks, hello.speaks, `node ${peerId}`);
  if (typeof agreed === 'string') return { noCommonVersion: agreed };
  if ('ok' in hello) return { noCommonVersion: hello.reason };
  return { hello, features: agreed.features };
}
