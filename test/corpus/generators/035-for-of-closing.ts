function* source(log: string[], name: string): Generator<number> {
  try {
    for (let n = 0; ; n++) yield n;
  } finally {
    log.push(`closed ${name}`);
  }
}

export default async function main() {
  const log: string[] = [];
  for (const n of source(log, 'break')) {
    await null;
    if (n === 2) break;
  }
  try {
    for (const n of source(log, 'throw')) {
      await null;
      if (n === 1) throw new Error('out');
    }
  } catch (error) {
    log.push((error as Error).message);
  }
  const leave = async () => {
    for (const a of source(log, 'outer')) {
      for (const b of source(log, 'inner')) {
        await null;
        if (b === 2) return a + b;
      }
    }
    return -1;
  };
  log.push(String(await leave()));
  again: for (const a of source(log, 'labelled')) {
    for (const b of source(log, 'nested')) {
      await null;
      if (a > 1) break again;
      if (b > a) continue again;
    }
  }
  return log;
}
