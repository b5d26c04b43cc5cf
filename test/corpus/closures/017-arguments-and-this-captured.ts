class Collector {
  items: unknown[] = [];
  async collect(..._: unknown[]) {
    const add = async () => {
      await null;
      for (const x of arguments) this.items.push(x);
      return arguments.length;
    };
    await null;
    return add();
  }
}
export default async function main() {
  const c = new Collector();
  return [await c.collect(1, 'two'), await c.collect(), c.items];
}
