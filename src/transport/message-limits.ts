/** What a message may be; checked before anything is sent. */
import { TransportError } from './transport-error.ts';
import type { Headers } from './transport.ts';

const MAX_NAME_LENGTH = 255;
/** All headers of a message together, in bytes, with 3 bytes for each character of a value. */
const MAX_HEADERS_BYTES = 60_000;
const HEADER_NAME = /^[a-z0-9][a-z0-9_-]*$/;
/** Names seen and found good; a handful in practice. */
const goodNames = new Set<string>();

/** @throws TransportError WM6006 (too large), WM6013 (header) */
export function checkMessage(subject: string, headers: Headers, data: Uint8Array, maxBytes: number): void {
  if (data.length > maxBytes) {
    throw new TransportError(
      'tooLarge',
      `A message to "${subject}" has ${data.length} bytes; the limit is ${maxBytes}`,
      {
        fix: 'Send a reference to the data instead of the data, or raise `maxMessageBytes` on every member.',
      },
    );
  }
  let length = 0;
  for (const name in headers) {
    const value = headers[name];
    if (!goodNames.has(name)) {
      if (name.length > MAX_NAME_LENGTH || !HEADER_NAME.test(name))
        throw badHeader(subject, `name "${name}"`);
      if (goodNames.size < 1000) goodNames.add(name);
    }
    if (typeof value !== 'string') throw badHeader(subject, `value of "${name}" (not text)`);
    length += name.length + 3 * value.length + 3;
  }
  if (length > MAX_HEADERS_BYTES)
    throw badHeader(subject, `size (${length} bytes, limit ${MAX_HEADERS_BYTES})`);
}

function badHeader(subject: string, what: string): TransportError {
  return new TransportError('invalidHeader', `A message to "${subject}" has a bad header ${what}`, {
    fix: 'Header names are lower case letters, digits, - and _; values are text.',
  });
}
