/** Subjects: dot-separated tokens of `[A-Za-z0-9_-]`. Checked on every call, so that it must be cheap: one table look-up per character. */
import { TransportError } from './transport-error.ts';

/** First token of the subjects that lead to one member's requests: `_INBOX.<peer id>.<n>`. */
export const INBOX_PREFIX = '_INBOX.';
/** Longest subject, in characters. */
export const MAX_SUBJECT_LENGTH = 255;

const DOT = 46;
const allowed = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') {
  allowed[character.charCodeAt(0)] = 1;
}

/** True for `a`, `a.b-c.D_9`; false for the empty string, empty tokens, wildcards and anything not ASCII. */
export function isSubject(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > MAX_SUBJECT_LENGTH) return false;
  let tokenLength = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (tokenLength === 0) return false;
      tokenLength = 0;
    } else if (code < 128 && allowed[code] === 1) tokenLength++;
    else return false;
  }
  return tokenLength > 0;
}

/** True for a subject of a single token, which is what a peer id must be. */
export function isToken(text: string): boolean {
  return isSubject(text) && !text.includes('.');
}

/** @throws TransportError WM6005 */
export function checkSubject(text: string): void {
  if (isSubject(text)) return;
  throw new TransportError('invalidSubject', `"${text}" is not a subject`, {
    fix: `Use 1 to ${MAX_SUBJECT_LENGTH} characters: tokens of A-Z a-z 0-9 _ - separated by single dots, no wildcards.`,
  });
}

/** What may be subscribed to. @throws TransportError WM6005 */
export function checkSubscription(subject: string, queue: string | undefined): void {
  checkSubject(subject);
  if (subject.startsWith(INBOX_PREFIX)) {
    throw new TransportError('invalidSubject', `"${subject}" is reserved for replies`, {
      fix: 'Choose a subject that does not begin with _INBOX.',
    });
  }
  if (queue !== undefined) checkSubject(queue);
}

/** The peer id in an inbox subject; undefined for every other subject. */
export function inboxOwner(subject: string): string | undefined {
  if (!subject.startsWith(INBOX_PREFIX)) return undefined;
  const end = subject.indexOf('.', INBOX_PREFIX.length);
  return end < 0 ? undefined : subject.slice(INBOX_PREFIX.length, end);
}
