type Log = unknown[];
function mark<T>(log: Log, name: string, value: T): T {
  log.push(name);
  return value;
}
async function later<T>(log: Log, name: string, value: T): Promise<T> {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
  return value;
}

export default async function main() {
  const log: Log = [];
  let n: any = 7;
  n += await later(log, '+', 3);
  n -= await later(log, '-', 1);
  n *= await later(log, '*', 4);
  n /= await later(log, '/', 3);
  n **= await later(log, '**', 2);
  n %= await later(log, '%', 100);
  n <<= await later(log, '<<', 3);
  n >>= await later(log, '>>', 1);
  n = -n;
  n >>>= await later(log, '>>>', 4);
  const big = n;
  n &= await later(log, '&', 0xff);
  n |= await later(log, '|', 0x100);
  n ^= await later(log, '^', 0x0f);
  return { log, big, n };
}
