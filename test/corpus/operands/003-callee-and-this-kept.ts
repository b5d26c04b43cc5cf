async function change(f: () => void): Promise<string> {
  f();
  await null;
  return 'argument';
}
export default async function main() {
  let f = (x: string) => `old ${x}`;
  const a = f(await change(() => { f = (x) => `new ${x}`; }));
  const object: any = { name: 'first', m(x: string) { return `${this.name} old ${x}`; } };
  let holder = object;
  const b = holder.m(await change(() => { object.m = () => 'new method'; holder = null; }));
  let key = 'one';
  const table: any = { one(x: string) { return `one ${x} ${this === table}`; }, two() { return 'two'; } };
  const c = table[key](await change(() => { key = 'two'; table.one = table.two; }));
  return [a, b, c, f('x')];
}
