function pair() {
  let value = 'start';
  const history: string[] = [];
  return [
    (next: string) => {
      history.push(value);
      value = next;
    },
    () => `${value} after ${history}`,
  ] as const;
}
const [set, get] = pair();
const view = { get };
const frozen = Object.freeze({ set, get });
const reading = [get];

export default async function run() {
  set('one');
  await null;
  const a = [get(), view.get(), frozen.get(), reading[0]!()];
  frozen.set('two');
  await null;
  return [a, get(), view.get(), frozen.get(), reading.map((f) => f()), view.get === get, frozen.set === set];
}
