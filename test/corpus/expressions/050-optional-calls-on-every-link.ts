export default async function run() {
  const log: string[] = [];
  const at = <T>(name: string, value: T): T => (log.push(name), value);
  const api: any = {
    user: { name: 'Ann', greet(this: any, by?: string) { return `${by ?? 'hi'} ${this?.name}`; }, deep: { get next() { return log.push('next read'), { up: (n: number) => n + 1 }; } } },
    none: null,
    maker: () => ({ made: () => undefined }),
    async load(this: any, key: string) { await null; return this[key]; },
  };
  const results: unknown[] = [];
  results.push(api.user?.greet?.(await at('arg', 'hello')));
  results.push(api.none?.greet(at('never', 1))[at('never', 'x')]?.(await at('never', 2)));
  results.push((await api.load?.('user'))?.greet());
  results.push((await api.load('missing'))?.greet(at('never', 3)));
  results.push(api.user.deep?.['next'].up?.(await 41));
  results.push(api.maker?.()?.made?.()?.more.even[at('never', 4)]);
  results.push(delete api.user?.deep, delete api.none?.[at('never', 5)], api.user.deep?.next);
  const { greet } = api.user;
  results.push((api.user?.greet)('a'), (0, api.user?.greet).call?.({ name: 'Bob' }, 'b'), greet?.call(api.user));
  results.push(await api.later?.(await at('never', 6)), typeof api.later?.x, api.user?.name.length ?? at('never', 7));
  results.push(`${api.none?.x}${api.user?.['na' + (await 'me')]}`, api?.load.length, (await api.none?.x) || at('fallback', 'f'));
  class Node {
    #next: Node | undefined;
    static count = 0;
    constructor(depth: number) {
      Node.count++;
      if (depth > 0) this.#next = new Node(depth - 1);
    }
    async depth(): Promise<number> {
      return 1 + ((await this.#next?.depth()) ?? 0);
    }
    peek(other?: Node) {
      return other?.#next?.#next === undefined;
    }
  }
  const node = new Node(3);
  await null;
  results.push(await node.depth(), node.peek(node), node.peek(), Node?.count);
  for (const call of [() => api.none.x, () => api.user?.missing(), () => api.none?.x.y ?? api.missing.z]) {
    try {
      results.push(call());
    } catch (error) {
      results.push((error as Error).name);
    }
  }
  api.user.tries ??= await at('tries', 1);
  api.user.tries &&= api.user?.tries + 1;
  return [results, log, api.user.tries];
}
