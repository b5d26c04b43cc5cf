/** Nothing here changes, whoever calls it. */
const prefixed = (prefix: string) => (text: string) => `${prefix}:${text}`;
const compose = (f: (n: number) => number, g: (n: number) => number) => (n: number) => f(g(n));
function makeUnits() {
  const factor = 1000;
  const unit = 'kB';
  return (n: number) => `${n / factor} ${unit}`;
}
const info = prefixed('info');
const units = makeUnits();
const addThenDouble = compose((n) => n * 2, (n) => n + 1);

export default async function run() {
  const held = info;
  await null;
  const pair = { held, units };
  await null;
  return [held('a'), held === info, pair.units(1500), pair.units === units, addThenDouble(4), info.name, units.length];
}
