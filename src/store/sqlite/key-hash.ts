/**
 * Numbers that stand for strings in indexes and in tables in memory. Two strings may share a number: whoever looks
 * something up by it compares the strings afterwards.
 */

const BASIS = 0x811c9dc5;

/** FNV-1a over UTF-16 units, with a final mix, as 32 unsigned bits. */
function hash32(text: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const tags = new Map<string, number>();

/** 32-bit stand-in for a script name or code hash. Few different ones exist, so the last thousand are remembered. */
export function tagOf(text: string): number {
  let tag = tags.get(text);
  if (tag === undefined) {
    tag = hash32(text, BASIS);
    if (tags.size >= 1000) tags.clear();
    tags.set(text, tag);
  }
  return tag;
}

/** Stand-in for a request id of a script: a whole number from 1 to 2^52, exact as a double and as an SQLite integer. */
export function requestHash(script: string, requestId: string): number {
  const seed = tagOf(script);
  return (hash32(requestId, seed) & 0xfffff) * 2 ** 32 + hash32(requestId, seed ^ 0x9e3779b9) + 1;
}

/** Checksum of the keys of a result: 32 bits, never of nothing but zeros. */
export function resultSum(id: string, request: number): number {
  return hash32(id, BASIS ^ (request >>> 0) ^ Math.imul(Math.floor(request / 2 ** 32) + 1, 0x9e3779b1));
}
