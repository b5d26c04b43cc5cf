/** What a script under test sends, and what answers it. */

/** Something that the script has sent. */
export interface SentMessage {
  readonly kind: 'call' | 'publish' | 'reply';
  /** `(reply)` for replies. */
  readonly subject: string;
  /** As the receiver gets it: it has been through JSON. */
  readonly data: unknown;
  /** The same whenever the message is sent again, so that a receiver can drop what it has done already. */
  readonly id: string;
  /** The receiver is told that it may have had this message before. */
  readonly repeat: boolean;
  /** Which life of the script sent it, from 1. */
  readonly life: number;
  /** Milliseconds since the epoch, in the time of the script. */
  readonly time: number;
}

/** Given or returned by an answer: nobody answers this try. It times out at once, in the time of the script. */
export const noAnswer: unique symbol = Symbol('waymark.no-answer');

/** What answers a call: a function of the data, or the reply itself. An error that it throws is an error reply. */
export type Answer =
  | ((data: any, message: SentMessage) => unknown)
  | object
  | string
  | number
  | boolean
  | null;

/** By subject. `*` stands for one word of a subject: `bank.*`; a subject goes before a pattern. */
export type Answers = Readonly<Record<string, Answer>>;

/** A receiver as it should be: what it did for a message it does not do again, it gives the answer of then. */
export function oncePerId<T>(
  answer: (data: any, message: SentMessage) => T,
): (data: any, message: SentMessage) => T {
  const given = new Map<string, T>();
  return (data, message) => {
    if (!given.has(message.id)) given.set(message.id, answer(data, message));
    return given.get(message.id)!;
  };
}
