async function* ticker(count: number, log: string[]) {
  for (let n = 0; n < count; n++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.push(`tick ${n}`);
    yield n;
  }
}

export default async function main() {
  const log: string[] = [];
  const a = ticker(3, log);
  const early = [a.next(), a.next()];
  log.push('queued');
  const values = (await Promise.all(early)).map((r) => r.value);
  for await (const n of a) values.push(n);
  return { values, log };
}
