export default async function main() {
  const log: string[] = [];
  const never = async (x: string) => { log.push(`never ${x}`); return x; };
  const sometimes = async (x: number) => { if (x % 2) await null; log.push(`sometimes ${x}`); return x; };
  const throwing = async () => { throw new Error('before any await'); };
  const all = [never('a'), sometimes(0), sometimes(1), sometimes(2)];
  const t = throwing().catch((e: Error) => log.push(e.message));
  log.push('sync end');
  const results = await Promise.all(all);
  await t;
  return { results, log };
}
