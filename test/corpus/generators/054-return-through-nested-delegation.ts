function* leaf(log: string[], name: string): Generator<string, string> {
  try {
    yield `${name}1`;
    yield `${name}2`;
    return `${name} done`;
  } finally {
    log.push(`${name} finally`);
    yield `${name} last words`;
  }
}
function* middle(log: string[]): Generator<string, string> {
  for (const name of ['a', 'b']) {
    try {
      log.push(yield* leaf(log, name));
    } finally {
      log.push(`middle after ${name}`);
    }
  }
  return 'middle done';
}
function* top(log: string[]): Generator<string, string> {
  try {
    return yield* middle(log);
  } finally {
    log.push('top finally');
  }
}

export default async function main() {
  const runs: unknown[] = [];
  for (let cut = 0; cut < 7; cut++) {
    for (const how of ['return', 'throw'] as const) {
      const log: string[] = [];
      const it = top(log);
      const results: unknown[] = [];
      for (let n = 0; n < cut; n++) {
        results.push(it.next());
        await null;
      }
      for (let n = 0; n < 3; n++) {
        try {
          results.push(it[how](`${how}${n}` as never));
        } catch (error) {
          results.push(`thrown ${String(error)}`);
        }
        await null;
      }
      runs.push({ cut, how, results, log });
    }
  }
  return runs;
}
