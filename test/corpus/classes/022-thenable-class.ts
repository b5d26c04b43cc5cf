class Lazy {
  thens = 0;
  constructor(private value: unknown) {}
  then(resolve: (v: unknown) => void) {
    this.thens++;
    resolve(this.value);
  }
}
export default async function main() {
  const lazy: any = new Lazy('unwrapped');
  const a = await lazy;
  const b = await Promise.resolve(lazy);
  const c = await (async () => lazy)();
  const d = await new Lazy(new Lazy('nested'));
  return { a, b, c, d, thens: lazy.thens };
}
