async function* leaf(log: string[], name: string) {
  try {
    for (let n = 0; n < 3; n++) {
      await null;
      yield `${name}${n}`;
    }
  } finally {
    await null;
    log.push(`${name} closed`);
  }
}
async function* both(log: string[]) {
  try {
    for await (const x of leaf(log, 'x')) {
      for await (const y of leaf(log, `${x}y`)) {
        if (y.endsWith('2')) break;
        yield y;
      }
    }
  } finally {
    log.push('both closed');
    yield 'late';
  }
}

export default async function main() {
  const runs: unknown[] = [];
  for (const cut of [0, 1, 3, 5, 9]) {
    for (const how of ['return', 'throw'] as const) {
      const log: string[] = [];
      const it = both(log);
      const results: unknown[] = [];
      for (let n = 0; n < cut; n++) results.push((await it.next()).value);
      for (let n = 0; n < 2; n++)
        results.push(await it[how](how as never).catch((error: unknown) => `thrown ${String(error)}`));
      runs.push({ cut, how, results, log });
    }
  }
  return runs;
}
