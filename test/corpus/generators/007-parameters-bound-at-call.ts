const log: string[] = [];
const say = <T>(text: string, value: T): T => {
  log.push(text);
  return value;
};

function* defaults(a: number, b = say('b', a + 1), { c = say('c', b * 2), ...rest } = {} as Record<string, number>, ...more: number[]) {
  log.push('body');
  yield [a, b, c, rest, more];
  a = 100;
  yield [a, b, c, rest, more];
}

function* failing(a = say('boom', null)!.missing as unknown) {
  yield a;
}

export default async function main() {
  const results: unknown[] = [];
  const one = defaults(1);
  log.push('called one');
  const two = defaults(5, undefined, { c: 7, d: 8 }, 9, 10);
  log.push('called two');
  await null;
  results.push(one.next(), two.next());
  await null;
  results.push(one.next().value, two.next().value);
  try {
    failing();
    log.push('no error');
  } catch (error) {
    log.push(`at the call: ${(error as Error).name}`);
  }
  results.push(defaults.length, failing.length);
  return { results, log };
}
