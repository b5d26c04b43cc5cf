function* stubborn(log: string[]): Generator<number> {
  try {
    yield 1;
    yield 2;
  } finally {
    log.push('finally');
    throw new RangeError('from finally');
  }
}

function* clinging(): Generator<string> {
  try {
    yield 'a';
  } finally {
    yield 'not yet';
  }
}

export default async function main() {
  const log: string[] = [];
  try {
    for (const n of stubborn(log)) {
      await null;
      if (n) break;
    }
  } catch (error) {
    log.push((error as Error).message);
  }
  try {
    for (const n of stubborn(log)) {
      await null;
      if (n) throw new Error('body wins');
    }
  } catch (error) {
    log.push((error as Error).message);
  }
  const it = clinging();
  for (const text of it) {
    await null;
    log.push(text);
    break;
  }
  await null;
  log.push(JSON.stringify(it.next()));
  return log;
}
