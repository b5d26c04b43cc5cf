class Poller {
  results: string[] = [];
  readonly done: Promise<number>;
  constructor(sources: (() => Promise<string>)[], options: { limit?: number } = {}) {
    const { limit = 2 } = options;
    let taken = 0;
    const next = async (): Promise<number> => {
      while (sources.length > 0 && taken < limit) {
        taken++;
        this.results.push(await sources.shift()!());
      }
      return taken;
    };
    this.done = next();
  }
}
export default async function main() {
  const source = (x: string) => async () => { await null; return x; };
  const a = new Poller([source('a'), source('b'), source('c')]);
  const b = new Poller([source('d')], { limit: 5 });
  return [await a.done, await b.done, a.results, b.results];
}
