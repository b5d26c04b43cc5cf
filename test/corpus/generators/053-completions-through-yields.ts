function* tangled(log: string[], how: string): Generator<string, string, string> {
  outer: for (let round = 0; round < 3; round++) {
    try {
      switch (yield `round ${round}`) {
        case 'continue':
          continue outer;
        case yield 'case test':
          log.push('matched the test');
        default:
          try {
            if (how === 'throw') throw new Error(`at ${round}`);
            if (how === 'return') return `returned ${round}`;
            if (how === 'break') break outer;
          } finally {
            log.push(`inner ${yield 'inner finally'}`);
          }
      }
    } catch (error) {
      log.push(`caught ${(error as Error).message}`);
      if (round === 1) return yield 'in catch';
    } finally {
      log.push(`outer ${yield 'outer finally'}`);
      if (how === 'override') return 'overridden';
    }
  }
  return 'end';
}

export default async function main() {
  const results: unknown[] = [];
  for (const how of ['none', 'throw', 'return', 'break', 'override']) {
    const log: string[] = [];
    const asked: string[] = [];
    const it = tangled(log, how);
    let step = it.next('');
    for (let n = 0; !step.done && n < 40; n++) {
      asked.push(step.value);
      await null;
      step = it.next(n % 3 === 0 ? 'continue' : `v${n}`);
    }
    const cut = tangled(log, how);
    cut.next('');
    cut.next('x');
    await null;
    const ends = [cut.return('cut'), cut.next('1'), cut.next('2'), cut.next('3')];
    const hit = tangled(log, how);
    hit.next('');
    await null;
    let message = '';
    try {
      ends.push(hit.throw(new Error('hit')), hit.next('a'), hit.next('b'), hit.next('c'), hit.next('d'));
    } catch (error) {
      message = (error as Error).message;
    }
    results.push({ how, asked, step, log, ends, message });
  }
  return results;
}
