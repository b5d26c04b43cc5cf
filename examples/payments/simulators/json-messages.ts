/** Bodies on the wire are JSON in UTF-8. */
import type { Message, Transport } from '../../../src/transport/transport.ts';

const decoder = new TextDecoder();

export function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** The caller says what shape it expects; the parties of this example trust each other. */
export function decodeJson<T>(data: Uint8Array): T {
  return JSON.parse(decoder.decode(data)) as T;
}

/** Sends the final reply, if one is wanted. */
export function answer(transport: Transport, request: Message, value: unknown): void {
  if (request.replyTo === undefined) return;
  // A reply that cannot be delivered is the requester's time-out, never a reason to stop.
  transport.publish(request.replyTo, encodeJson(value)).catch(() => {});
}
