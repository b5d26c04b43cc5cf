export default async function main() {
  const log: string[] = [];
  async function* source(name: string) {
    try {
      yield 1;
      await new Promise(() => undefined);
    } finally {
      log.push(`never ${name}`);
    }
  }
  const a = source('a');
  const b = source('b');
  await a.next();
  await b.next();
  void b.next().then(() => log.push('never'));
  await null;
  await null;
  return { log, a: typeof a.next, tag: Object.prototype.toString.call(b) };
}
