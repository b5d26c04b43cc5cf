export default async function main(): Promise<unknown> {
  const log: string[] = [];
  const note = <T>(name: string, value: T): T => {
    log.push(name);
    return value;
  };
  const key = (name: string) => ({
    toString() {
      log.push(`toString ${name}`);
      return name;
    },
  });
  class Root {}
  class Made extends note('heritage', Root) {
    [note('key a', key('a')) as any]() {
      return 'a';
    }
    static [note('key b', key('b')) as any] = note('static b', 1);
    [note('key c', key('c')) as any] = note('field c', 2);
    static {
      note('block', 0);
    }
    static last = note('static last', 3);
  }
  await null;
  const made: any = new Made();
  await null;
  return [log, made.a(), (Made as any).b, made.c, Made.last, Object.getOwnPropertyNames(Made)];
}
