function* retry(log: string[]): Generator<number, string, boolean> {
  let attempt = 0;
  for (;;) {
    try {
      if (yield ++attempt) return `ok after ${attempt}`;
      throw new Error(`attempt ${attempt}`);
    } catch (error) {
      log.push((error as Error).message);
      if (attempt === 4) throw new AggregateError([error], 'gave up');
    } finally {
      log.push(`finally ${attempt}`);
    }
  }
}

export default async function main() {
  const log: string[] = [];
  const a = retry(log);
  a.next();
  await null;
  a.next(false);
  await null;
  const done = a.next(true);
  const b = retry(log);
  b.next();
  try {
    for (;;) {
      await null;
      b.next(false);
    }
  } catch (error) {
    log.push((error as AggregateError).message, (error as AggregateError).errors.length.toString());
  }
  return { done, log, end: b.next(true) };
}
