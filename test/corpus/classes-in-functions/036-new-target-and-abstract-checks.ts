export default async function main(): Promise<unknown> {
  const made: string[] = [];
  class Abstract {
    constructor() {
      if (new.target === Abstract) throw new TypeError('abstract');
      made.push(new.target.name);
      const later = () => new.target.name;
      made.push(later());
    }
  }
  class Concrete extends Abstract {}
  const log: unknown[] = [];
  for (const Kind of [Abstract, Concrete]) {
    try {
      log.push(new Kind() instanceof Abstract);
    } catch (error) {
      log.push((error as Error).message);
    }
    await null;
  }
  return [log, made, Reflect.construct(Abstract, [], Concrete) instanceof Concrete, made.length];
}
