/** A request as a promise, for those who have few of them. */
import type { Message, RequestOptions, Transport } from './transport.ts';

export interface AwaitOptions extends RequestOptions {
  /** Called for each reply before the final one. */
  readonly onInterim?: ((reply: Message) => void) | undefined;
}

/** Sends a request; resolves with the final reply. Rejects with what `Transport.request` throws or fails with. */
export function awaitReply(
  transport: Pick<Transport, 'request'>,
  subject: string,
  data: Uint8Array,
  options: AwaitOptions,
): Promise<Message> {
  return new Promise((replied, failed) => {
    transport.request(subject, data, options, { replied, failed, interim: options.onInterim });
  });
}
