class Lazy {
  calls = 0;
  get value(): Promise<number> {
    return this.load();
  }
  private async load() {
    await null;
    return ++this.calls;
  }
  static get shared() {
    return (async () => {
      await null;
      return this.name;
    })();
  }
}
export default async function main() {
  const lazy = new Lazy();
  const all = [await lazy.value, await lazy.value, ...(await Promise.all([lazy.value, lazy.value]))];
  return { all, calls: lazy.calls, shared: await Lazy.shared };
}
