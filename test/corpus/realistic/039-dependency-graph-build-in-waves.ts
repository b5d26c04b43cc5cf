class CycleError extends Error {
  constructor(readonly cycle: readonly string[]) {
    super(cycle.join(' -> '));
  }
}
type Target = { needs?: string[]; build: (inputs: Record<string, string>) => string | Promise<string> };
class Build {
  readonly #targets: Map<string, Target>;
  readonly #running = new Map<string, Promise<string>>();
  readonly log: string[] = [];
  constructor(targets: Record<string, Target>) {
    this.#targets = new Map(Object.entries(targets));
  }
  *waves(): Generator<string[], void> {
    const left = new Map([...this.#targets].map(([name, { needs = [] }]) => [name, new Set(needs)]));
    while (left.size > 0) {
      const ready = [...left.keys()].filter((name) => left.get(name)!.size === 0);
      if (ready.length === 0) throw new CycleError(this.#cycle([...left.keys()][0]!));
      yield ready;
      for (const name of ready) {
        left.delete(name);
        for (const needs of left.values()) needs.delete(name);
      }
    }
  }
  #cycle(start: string, path: string[] = []): string[] {
    const at = path.indexOf(start);
    if (at >= 0) return [...path.slice(at), start];
    for (const need of this.#targets.get(start)?.needs ?? []) {
      const found = this.#cycle(need, [...path, start]);
      if (found.length > 0) return found;
    }
    return [];
  }
  make(name: string): Promise<string> {
    let running = this.#running.get(name);
    if (!running) {
      const target = this.#targets.get(name);
      running = (async () => {
        if (!target) throw new ReferenceError(`no target ${name}`);
        const inputs: Record<string, string> = {};
        await Promise.all((target.needs ?? []).map(async (need) => (inputs[need] = await this.make(need))));
        this.log.push(`start ${name}`);
        try {
          return await target.build(inputs);
        } finally {
          this.log.push(`end ${name}`);
        }
      })();
      this.#running.set(name, running);
    }
    return running;
  }
}
export default async function run() {
  const join = (inputs: Record<string, string>) => Object.keys(inputs).toSorted().map((key) => inputs[key]).join('+');
  const slow = async (inputs: Record<string, string>) => (await null, await null, `(${join(inputs)})`);
  const build = new Build({ app: { needs: ['lib', 'ui'], build: slow }, ui: { needs: ['core'], build: (i) => `ui:${join(i)}` }, lib: { needs: ['core', 'gen'], build: slow }, core: { build: () => 'core' }, gen: { build: slow }, bad: { needs: ['core', 'nothing'], build: join } });
  const waves: string[][] = [];
  for (const wave of new Build({ a: { build: join }, b: { needs: ['a'], build: join }, c: { needs: ['a'], build: join }, d: { needs: ['b', 'c'], build: join } }).waves()) {
    waves.push(wave);
    await null;
  }
  const cyclic = new Build({ x: { needs: ['y'], build: join }, y: { needs: ['z'], build: join }, z: { needs: ['y'], build: join }, free: { build: join } }).waves();
  const seen: unknown[] = [cyclic.next()];
  await null;
  try {
    cyclic.next();
  } catch (error) {
    seen.push((error as CycleError).cycle, cyclic.next());
  }
  return [await build.make('app'), build.log, waves, seen, await build.make('bad').catch(String), build.log.filter((line) => line.endsWith('core')).length];
}
