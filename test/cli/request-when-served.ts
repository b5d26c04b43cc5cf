/** Requests to a process that has just begun to serve. */
import { awaitReply } from '../../src/transport/await-reply.ts';
import type { Message, RequestOptions, Transport } from '../../src/transport/transport.ts';

/**
 * As `awaitReply`, but what nobody takes is sent again: a process says that it serves when the others that are awake know it, and this
 * one may learn of it a moment later.
 */
export async function requestWhenServed(
  client: Transport,
  subject: string,
  data: Uint8Array,
  options: RequestOptions,
): Promise<Message> {
  for (;;) {
    try {
      return await awaitReply(client, subject, data, options);
    } catch (error) {
      if ((error as { code?: string }).code !== 'WM6001') throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
