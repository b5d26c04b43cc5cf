import { checkpoint as mark, sleep } from 'waymark';
import * as waymark from 'waymark';
export default async function main() {
  const held = { mark, nap: sleep };
  await mark();
  const answer = () => 42;
  const value = await waymark.checkpoint({ commit: answer, recover: answer });
  await held.nap(1);
  return [value, held.mark === waymark.checkpoint, typeof held.nap];
}
