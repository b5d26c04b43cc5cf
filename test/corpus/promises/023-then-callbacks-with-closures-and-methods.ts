class Store {
  values: number[] = [];
  save = (x: number) => { this.values.push(x); return x; };
  async saveLater(x: number) { await null; return this.save(x); }
}
export default async function main() {
  const store = new Store();
  let n = 1;
  const chain = Promise.resolve(n).then(store.save).then((x) => store.saveLater(x + n)).then(store.saveLater.bind(store));
  n = 100;
  await null;
  n = 200;
  const last = await chain;
  return { last, values: store.values };
}
