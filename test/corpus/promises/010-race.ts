export default async function main() {
  const log: unknown[] = [];
  const p = async (x: string, ticks: number, fails = false) => { for (let i = 0; i < ticks; i++) await null; log.push(`end ${x}`); if (fails) throw new Error(x); return x; };
  const a = await Promise.race([p('slow', 6), p('fast', 2)]);
  const b = await Promise.race([p('fine', 5), p('failing', 1, true)]).catch((e: Error) => `caught ${e.message}`);
  const c = await Promise.race(['plain', p('later', 1)]);
  const never = Promise.race([]);
  let settled = false;
  void never.then(() => (settled = true));
  for (let i = 0; i < 10; i++) await null;
  return { a, b, c, settled, log };
}
