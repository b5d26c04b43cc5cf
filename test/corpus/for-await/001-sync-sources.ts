export default async function main() {
  const seen: unknown[] = [];
  for await (const n of [1, Promise.resolve(2), 3]) seen.push(n);
  for await (const c of 'h😀i') seen.push(c);
  for await (const [k, v] of new Map([['k', Promise.resolve(1)]])) seen.push(k, v instanceof Promise);
  for await (const s of new Set([Promise.resolve('s')])) seen.push(s);
  for await (const b of Uint8Array.of(1, 2)) seen.push(b);
  for await (const e of ['x', 'y'].entries()) seen.push(e);
  for await (const n of (function* () {
    yield 1;
    yield Promise.resolve(2);
  })())
    seen.push(n);
  return seen;
}
