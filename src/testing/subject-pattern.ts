/** Subjects in tests: `*` stands for one word, `bank.*`. */
import type { SentMessage } from './sent-message.ts';

/** Does the message's subject match? `*` stands for one word. */
export function matchesSubject(message: SentMessage, pattern: string): boolean {
  return message.kind !== 'reply' && subjectPattern(pattern).test(message.subject);
}

export const wildcards = (pattern: string): number => pattern.split('*').length;

export function subjectPattern(pattern: string): RegExp {
  const words = pattern.split('.').map((word) => (word === '*' ? '[^.]+' : RegExp.escape(word)));
  return new RegExp(`^${words.join('\\.')}$`);
}
