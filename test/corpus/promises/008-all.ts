export default async function main() {
  const log: unknown[] = [];
  const p = (x: unknown, ticks: number) => (async () => { for (let i = 0; i < ticks; i++) await null; log.push(x); return x; })();
  const all = await Promise.all([p('slow', 5), 'plain', p('fast', 1), { then(f: any) { f('thenable'); } }]);
  const empty = await Promise.all([]);
  const fromSet = await Promise.all(new Set([p('s', 1), p('t', 2)]));
  const failed = await Promise.all([p('x', 3), Promise.reject(new Error('no'))]).catch((e: Error) => e.message);
  const nested = await Promise.all([Promise.all([1, p(2, 1)]), Promise.all([])]);
  return { all, empty, fromSet, failed, nested, log };
}
