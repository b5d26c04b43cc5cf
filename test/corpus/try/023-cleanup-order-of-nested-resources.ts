class Resource {
  static readonly log: string[] = [];
  static open = 0;
  readonly name: string;
  private constructor(name: string) {
    this.name = name;
    Resource.open++;
  }
  static async acquire(name: string): Promise<Resource> {
    await null;
    if (name.includes('?')) throw new Error(`no ${name}`);
    this.log.push(`+${name}`);
    return new this(name);
  }
  async release(): Promise<void> {
    await null;
    Resource.open--;
    Resource.log.push(`-${this.name}`);
    if (this.name.includes('!')) throw new Error(`${this.name} did not close`);
  }
}
async function withAll<T>(names: string[], work: (...resources: Resource[]) => Promise<T>, held: Resource[] = []): Promise<T> {
  const [name, ...rest] = names;
  if (name === undefined) return work(...held);
  const resource = await Resource.acquire(name);
  let failed = true;
  try {
    const value = await withAll(rest, work, [...held, resource]);
    failed = false;
    return value;
  } finally {
    try {
      await resource.release();
    } catch (error) {
      // The first error wins.
      if (!failed) throw error;
      Resource.log.push(`hidden: ${(error as Error).message}`);
    }
  }
}
export default async function run() {
  const results: unknown[] = [];
  for (const [text, fail] of [['a b c', false], ['a b? c', false], ['a b! c', false], ['a b! c!', true], ['', false]] as const) {
    try {
      results.push(
        await withAll(text.split(' ').filter(Boolean), async (...held) => {
          Resource.log.push(`open ${Resource.open}`);
          if (fail) throw new TypeError('work failed');
          return held.map(({ name }) => name).join('');
        }),
      );
    } catch (error) {
      results.push(`${error}`);
    }
  }
  return [results, Resource.log, Resource.open];
}
