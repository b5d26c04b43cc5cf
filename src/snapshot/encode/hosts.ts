/** Instances of host types: their parts, their content and their own properties. */
import * as F from '../format.ts';
import { HostRefusal, type HostType } from '../snapshot-context.ts';
import type { Encoder } from './encoder.ts';
import { noteNeed } from './needs.ts';
import { writeExtras } from './properties.ts';
import { refuse } from './refuse.ts';
import { writeString } from './strings.ts';

export interface HostBody {
  readonly type: HostType;
  /** Kept for paths in errors, too. */
  readonly parts: readonly unknown[];
  readonly content: readonly unknown[];
}

const NONE: readonly unknown[] = [];

export function writeHost(e: Encoder, value: object, type: HostType): void {
  let body: HostBody;
  try {
    const parts = type.parts?.(value, e.context) ?? NONE;
    body = { type, parts, content: type.content?.(value, e.context) ?? NONE };
  } catch (error) {
    if (error instanceof HostRefusal) throw refuse(e, value, error.what, { fix: error.fix });
    throw error;
  }
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_HOST);
  const index = e.add(value, F.BODY_HOST, body);
  if (type.weak !== undefined) (e.weak ??= []).push(index);
  writeString(e, type.name);
}

/** Neither this nor anything else here calls its handler. */
export function writeProxy(e: Encoder, proxy: object): void {
  const type = e.context.proxyType;
  if (type?.is(proxy) !== true) {
    throw refuse(e, proxy, 'a Proxy made by native code', {
      fix: 'Make the Proxy in the script, or hold its target and make it again after the suspension point.',
    });
  }
  writeHost(e, proxy, type);
}

export function writeHostBody(e: Encoder, index: number, value: object): void {
  const { type, parts, content } = e.payloads[index] as HostBody;
  e.out.reserve(16);
  e.out.varint(parts.length);
  for (const part of parts) {
    e.last = -1;
    e.value(part);
    noteNeed(e, index);
  }
  const { prototype } = type;
  // A Proxy has no properties but those of its target, and asking for them would call its handler.
  const keys = prototype === undefined ? [] : Reflect.ownKeys(value).filter((key) => !type.hides?.(key));
  const extras =
    prototype !== undefined &&
    (keys.length > 0 || Object.getPrototypeOf(value) !== prototype || !Object.isExtensible(value));
  e.out.reserve(16);
  e.out.varint(content.length * 2 + (extras ? 1 : 0));
  for (const each of content) e.value(each);
  if (extras) writeExtras(e, value, prototype, keys);
}
