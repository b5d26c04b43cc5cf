import { makeLogger, type Logger } from './_lib/logger.ts';
async function use(log: Logger) {
  log('used');
  await null;
  return log.prefix;
}
export default async function main() {
  const lines: string[] = [];
  const a = makeLogger('a', lines), b = makeLogger('b', lines);
  a('one');
  await null;
  b('two');
  await a.later('three');
  const prefix = await use(b);
  return { lines, prefix };
}
