class CycleError extends Error {
  constructor(readonly path: string[]) {
    super(path.join(' -> '));
  }
}
export default async function main() {
  const resolve = async (graph: Record<string, string[]>) => {
    const log: string[] = [];
    const started = new Map<string, Promise<number>>();
    const check = (name: string, path: string[]): void => {
      if (path.includes(name)) throw new CycleError([...path.slice(path.indexOf(name)), name]);
      for (const d of graph[name] ?? []) check(d, [...path, name]);
    };
    const build = (name: string): Promise<number> => {
      let p = started.get(name);
      if (!p) {
        p = (async () => {
          const depths = await Promise.all((graph[name] ?? []).map(build));
          await null;
          log.push(name);
          return Math.max(0, ...depths) + 1;
        })();
        started.set(name, p);
      }
      return p;
    };
    for (const name in graph) check(name, []);
    const levels: Record<string, number> = {};
    for (const name of Object.keys(graph)) levels[name] = await build(name);
    return { log, levels };
  };
  const good = await resolve({ app: ['ui', 'api'], ui: ['core'], api: ['core', 'db'], core: [], db: ['core'] });
  const bad = await resolve({ a: ['b'], b: ['c'], c: ['a'] }).catch((e) => e);
  return { good, bad: [bad instanceof CycleError, bad.message, bad.path] };
}
