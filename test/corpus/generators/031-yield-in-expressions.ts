function* ask(log: unknown[]): Generator<string, unknown, any> {
  const sum = (yield 'a') + (yield 'b') * (yield 'c');
  log.push(sum);
  const object = { [yield 'key']: yield 'value', ...(yield 'spread') };
  log.push(object);
  const list = [yield 'x', ...(yield 'list'), yield 'y'];
  log.push(list);
  log.push(`${yield 't1'}-${yield 't2'}`);
  log.push((yield 'cond') ? yield 'yes' : yield 'no');
  log.push((yield 'left') && (yield 'right'), (yield 'null') ?? (yield 'default'));
  let target = { n: 1 };
  target.n += yield 'add';
  [target.n, list[0]] = [yield 'swap', target.n];
  log.push(target, list);
  return (yield 'last', yield 'really');
}

export default async function main() {
  const log: unknown[] = [];
  const it = ask(log);
  const answers: Record<string, unknown> = {
    a: 1, b: 2, c: 3, key: 'k', value: 'v', spread: { s: 1 }, x: 'X', list: [7, 8], y: 'Y', t1: 'T', t2: 'U',
    cond: false, no: 'N', left: 0, null: null, default: 'D', add: 41, swap: 'sw', really: 'R',
  };
  let step = it.next();
  const asked: string[] = [];
  while (!step.done) {
    asked.push(step.value);
    await null;
    step = it.next(answers[step.value]);
  }
  return { log, asked, result: step.value };
}
