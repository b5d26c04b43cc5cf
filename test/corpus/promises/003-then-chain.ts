export default async function main() {
  const log: unknown[] = [];
  const r = await Promise.resolve(1)
    .then((x) => { log.push(x); return x + 1; })
    .then(async (x) => { await null; log.push(x); return x + 1; })
    .then((x) => Promise.resolve(x * 10))
    .then()
    .then(null, () => 'not called')
    .then((x) => { throw new Error(`at ${x}`); })
    .then(() => log.push('skipped'))
    .catch((e: Error) => { log.push(e.message); return 'recovered'; })
    .finally(() => { log.push('finally'); return 'ignored'; })
    .then((x) => `${x}!`);
  return { r, log };
}
