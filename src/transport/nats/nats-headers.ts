/**
 * Headers in NATS messages. NATS keeps a value as one line and trims it, so a value that would not survive is
 * percent-encoded, and `waymark-escaped` names the headers for which that was done. All others read as they are,
 * so that any NATS client can write and read them.
 */
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import type { Headers } from '../transport.ts';

/** Comma-separated names of the headers whose values are percent-encoded. */
export const ESCAPED = 'waymark-escaped';

/** Printable; neither control characters nor surrogates. */
const PRINTABLE = /^[ -~\u00a1-\ud7ff\ue000-\ufefe]+$/;

function isPlain(value: string): boolean {
  return PRINTABLE.test(value) && value.trim() === value;
}

/** Undefined for none: a message without headers is smaller. */
export function toNats(headers: Headers): MsgHdrs | undefined {
  let result: MsgHdrs | undefined;
  let escaped = '';
  for (const name in headers) {
    result ??= natsHeaders();
    const value = headers[name]!;
    if (isPlain(value)) result.set(name, value);
    else {
      result.set(name, encodeURIComponent(value.toWellFormed()));
      escaped += escaped === '' ? name : `,${name}`;
    }
  }
  if (escaped !== '') result!.set(ESCAPED, escaped);
  return result;
}

/** Names become lower case; of several values of a name the first counts. */
export function fromNats(headers: MsgHdrs): Headers {
  const result: Record<string, string> = {};
  for (const name of headers.keys()) {
    const lower = name.toLowerCase();
    if (!Object.hasOwn(result, lower)) define(result, lower, headers.get(name));
  }
  const escaped = result[ESCAPED];
  if (escaped === undefined) return result;
  delete result[ESCAPED];
  for (const name of escaped.split(',')) {
    const value = result[name];
    if (value !== undefined) result[name] = decode(value);
  }
  return result;
}

/** As a property of its own, whatever the name. */
function define(target: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
  else target[name] = value;
}

/** What another client wrote need not be well-formed: then it is taken as it is. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
