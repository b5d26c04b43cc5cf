function* naturals(log: string[]): Generator<number> {
  try {
    for (let n = 1; ; n++) yield n;
  } finally {
    log.push('closed');
  }
}

export default async function main() {
  const log: string[] = [];
  const chain = naturals(log)
    .filter((n) => n % 2 === 1)
    .map((n, index) => `${n}@${index}`)
    .drop(1)
    .take(4);
  const seen: unknown[] = [chain.next()];
  await null;
  seen.push(chain.next());
  await null;
  for (const text of chain) {
    await null;
    seen.push(text);
  }
  const flat = naturals(log)
    .take(3)
    .flatMap(function* (n) {
      for (let k = 0; k < n; k++) yield `${n}.${k}`;
    });
  seen.push(flat.next().value);
  await null;
  seen.push(flat.next().value, flat.toArray());
  seen.push(naturals(log).some((n) => n > 3), naturals(log).find((n) => n > 4), Iterator.from(naturals(log)).next());
  return { seen, log };
}
