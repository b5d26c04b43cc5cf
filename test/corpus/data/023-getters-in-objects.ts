export default async function main() {
  let calls = 0;
  const object = {
    first: 'Ann', last: 'Bee',
    get full() { calls++; return `${this.first} ${this.last}`; },
    set full(value: string) { [this.first, this.last] = value.split(' ') as [string, string]; },
    get readOnly() { return calls; },
  };
  await null;
  const before = object.full;
  object.full = 'Cee Dee';
  await null;
  return { before, after: object.full, calls, object, keys: Object.keys(object) };
}
