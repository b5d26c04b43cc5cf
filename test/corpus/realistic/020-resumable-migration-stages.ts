type Stage = { name: string; stages?: Stage[]; work?: (item: number) => Promise<void>; items?: number[] };
export default async function main() {
  const log: string[] = [];
  const progress = new Map<string, { done: number; of: number }>();
  const failing = new Set([12]);
  const run = async (stage: Stage, path = stage.name): Promise<number> => {
    log.push(`> ${path}`);
    let done = 0;
    try {
      for (const inner of stage.stages ?? []) done += await run(inner, `${path}/${inner.name}`);
      const items = stage.items ?? [];
      const state = { done: 0, of: items.length };
      if (items.length) progress.set(path, state);
      for (const item of items) {
        try {
          await stage.work?.(item);
          state.done++;
          done++;
        } catch (error: any) {
          log.push(`! ${path} ${item} ${error.message}`);
        }
      }
      return done;
    } finally {
      log.push(`< ${path} ${await done}`);
    }
  };
  const copied: number[] = [];
  const copy = async (n: number) => { await null; if (failing.has(n)) throw new Error('bad row'); copied.push(n); };
  const done = await run({ name: 'all', stages: [{ name: 'customers', items: [1, 2], work: copy }, { name: 'orders', stages: [{ name: 'open', items: [11, 12, 13], work: copy }, { name: 'closed' }] }] });
  return { done, copied, progress, log };
}
