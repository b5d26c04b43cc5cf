export default async function main(): Promise<unknown> {
  const log: string[] = [];
  const later = async <T>(value: T): Promise<T> => {
    log.push(String((value as any).name ?? value));
    await null;
    return value;
  };
  class Base {
    base() {
      return 'base';
    }
  }
  class Made extends (await later(Base)) {
    [await later('one')]() {
      return 1;
    }
    [`${await later('t')}wo`] = 2;
    static [await later('three')] = 3;
  }
  const made: any = new Made();
  await null;
  return [made.base(), made.one(), made.two, (Made as any).three, log];
}
