type Done = (value: unknown) => void;
/** Elements call the callbacks of Promise.all late, twice, and after it is over. */
export default async function main() {
  const kept: [Done, Done][] = [];
  const keeper = (): Promise<unknown> => {
    const p = Promise.resolve();
    p.then = ((done: Done, fail: Done) => void kept.push([done, fail])) as never;
    return p;
  };
  const all = Promise.all([keeper(), keeper()]);
  await null;
  kept[1]![0]('second');
  await null;
  kept[1]![0]('again');
  kept[0]![0]('first');
  kept[0]![1]('too late');
  const results: unknown[] = [await all];
  const sameReject = kept[0]![1] === kept[1]![1];
  kept.length = 0;
  const race = Promise.race([keeper(), keeper()]);
  await null;
  kept[1]![1](new RangeError('lost'));
  await null;
  kept[0]![0]('won, too late');
  results.push(await race.catch((error: Error) => error.message), sameReject, kept[0]![0] === kept[1]![0]);
  return results;
}
