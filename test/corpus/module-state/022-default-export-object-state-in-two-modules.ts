import state, { touch } from './_lib/shared-state.ts';
import { readState } from './_lib/shared-reader.ts';
export default async function main() {
  state.n = 5;
  await null;
  touch('a');
  const seen = readState();
  await null;
  state.list.push('b');
  return { same: readState() === state, seen: seen === state, state };
}
