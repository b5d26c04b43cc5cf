import { checkpoint } from 'waymark';
const state = Object.seal({ count: 0, inner: { n: 1 } });
const closed = Object.preventExtensions([1, 2]);
export default async function main() {
  state.count++; state.inner.n++; closed[0] = 7;
  await checkpoint();
  state.count++; state.inner.n++; closed.pop();
  await checkpoint();
  return [state, closed, Object.isSealed(state), Object.isExtensible(closed)];
}
