export default async function main() {
  const log: unknown[] = [];
  const p = (async () => { log.push('runs once'); await null; return { id: 1 }; })();
  const holder = { p, list: [p] };
  await null;
  const [a, b, c] = [await p, await holder.p, await holder.list[0]];
  const rejected = (async () => { await null; throw new Error('kept'); })();
  const first = await rejected.catch((e) => e);
  await null;
  const second = await rejected.catch((e) => e);
  return { same: a === b && b === c, log, sameError: first === second, identity: holder.p === holder.list[0] };
}
