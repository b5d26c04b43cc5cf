/** What executors see of the resolving functions: one parameter, none, rest, defaults, `arguments`; and when they throw. */
export default async function main(): Promise<unknown> {
  const log: unknown[] = [];
  const settled = async (promise: Promise<unknown>): Promise<unknown> => {
    try {
      return ['value', await promise];
    } catch (error) {
      return ['reason', (error as Error).message ?? error];
    }
  };
  const rounds: (() => Promise<unknown>)[] = [
    () => new Promise((go) => go(1)),
    () => new Promise((_, fail) => fail(new Error('two'))),
    () => new Promise((...both) => both[1]!(new Error('three'))),
    () => new Promise((go, fail = (reason: unknown) => go(reason)) => fail(new Error('four'))),
    () =>
      new Promise(function () {
        // oxlint-disable-next-line prefer-rest-params -- what is asked here
        arguments[1](new Error(`five ${arguments.length}`));
      }),
    () =>
      new Promise((go) => {
        log.push(typeof go, go.length, go.name);
        throw new Error('six');
      }),
    () =>
      new Promise((go) => {
        go(7);
        throw new Error('too late');
      }),
    () =>
      new Promise((go) => {
        go({ then: (done: (value: unknown) => void) => done(8) });
        go(9);
      }),
    () =>
      new Promise(() => {
        throw new Error('ten');
      }),
  ];
  for (let time = 0; time < 3; time++) for (const round of rounds) log.push(await settled(round()));
  function outer(..._given: unknown[]): Promise<unknown> {
    // The arrow function's `arguments` are those of the function around.
    // oxlint-disable-next-line prefer-rest-params -- what is asked here
    return new Promise((go) => go([...arguments]));
  }
  log.push(await outer('a', 'b'));
  let kept: ((value: unknown) => void) | undefined;
  const later = new Promise((go) => {
    kept = go;
  });
  const seen = later.then((value) => ['kept', value]);
  await null;
  kept!('late');
  kept!('twice');
  log.push(await seen);
  return log;
}
