function* calls(log: unknown[]): Generator<string, unknown, any> {
  const f = (...args: unknown[]) => args.join('|');
  log.push(f(yield 1 as never, 2, yield '3', ...(yield 'rest')));
  log.push((yield 'fn')(5));
  const object = { n: 3, add(k: number) { return this.n + k; } };
  log.push(object[(yield 'name') as 'add'](yield 'k'));
  log.push(new (yield 'class')(yield 'arg'));
  log.push(typeof (yield 'type'), void (yield 'void'), !(yield 'not'));
  log.push((yield 'chain')?.deep?.[yield 'index']);
  const tag = (strings: TemplateStringsArray, ...values: unknown[]) => strings.join('_') + values.join('+');
  log.push(tag`a${yield 'q'}b${yield 'r'}c`);
  throw yield 'error';
}

class Box {
  content: unknown;
  constructor(content: unknown) {
    this.content = content;
  }
}

export default async function main() {
  const log: unknown[] = [];
  const it = calls(log);
  const answers: unknown[] = ['one', 'three', ['r1', 'r2'], (n: number) => n * 2, 'add', 4, Box, 'in', 1n, 0, '', { deep: [9] }, 0, 'Q', 'R', new Error('thrown')];
  const asked: unknown[] = [];
  let step = it.next();
  try {
    for (const answer of answers) {
      asked.push(step.value);
      await null;
      step = it.next(answer);
    }
  } catch (error) {
    log.push((error as Error).message);
  }
  return { log, asked, end: it.next() };
}
