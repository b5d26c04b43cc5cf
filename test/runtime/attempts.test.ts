import { expect, test } from 'vitest';
import { OneInstance, turn } from './one-instance.ts';

const script = `
  import { checkpoint, self } from 'waymark';
  let state = 'state';
  export default async function main() {
    for (let round = 1; ; round++) {
      log(round, self.attempt, self.recovered, state);
      await checkpoint();
      await new Promise((go) => setTimeout(go, 1));
    }
  }`;

test('an attempt is one more than that of the life that made the checkpoint', async () => {
  let run = await OneInstance.start(script);
  await turn();
  const rounds: unknown[][] = [run.log];
  for (let life = 2; life <= 4; life++) {
    run = run.restore(run.saved.at(-1)!.snapshot, { attempt: undefined });
    await turn();
    run.settle(run.armed.at(-1)!.number);
    await turn();
    rounds.push(run.log);
  }
  expect(rounds).toEqual([
    [1, 1, false, 'state'],
    [2, 2, true, 'state'],
    [3, 3, true, 'state'],
    [4, 4, true, 'state'],
  ]);
});

test('crashes between two checkpoints count once', async () => {
  const run = await OneInstance.start(script);
  await turn();
  const { snapshot } = run.saved.at(-1)!;
  const attempts = [1, 2].map(() => run.restore(snapshot, { attempt: undefined }).instance.attempt);
  expect(attempts).toEqual([2, 2]);
});
