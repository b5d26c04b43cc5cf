type Constructor<T = object> = new (...args: any[]) => T;
const key = Symbol('key');
const Rich = <B extends Constructor>(Base: B, log: string[]) =>
  class Rich extends Base {
    static readonly log = log;
    static #secret = 1;
    static reveal(): number {
      return Rich.#secret++;
    }
    #value = 1;
    get value(): number {
      return this.#value;
    }
    set value(next: number) {
      log.push(`set ${next}`);
      this.#value = next;
    }
    get [key](): string {
      return `key ${this.#value}`;
    }
    *upTo(): Generator<number> {
      for (let i = 0; i < this.#value; i++) yield i;
    }
    async *slowly(): AsyncGenerator<string> {
      for (const i of this.upTo()) {
        await null;
        yield `${i}/${this.#value}`;
      }
    }
    bound = () => this.#value * 10;
    static {
      log.push('made');
    }
    async twice(): Promise<number> {
      this.value = (await null) ?? this.#value * 2;
      return this.#value;
    }
  };
const firstLog: string[] = [];
class Final extends Rich(Object, firstLog) {
  override async twice(): Promise<number> {
    const doubled = await super.twice();
    await null;
    return doubled + super.value;
  }
  override get value(): number {
    return super.value + 100;
  }
  override set value(next: number) {
    super.value = next;
  }
}

export default async function run() {
  const it = new Final();
  it.value = 2;
  await null;
  const { bound } = it;
  const list: unknown[] = [await it.twice(), it.value, bound(), it[key], [...it.upTo()]];
  const upTo = it.upTo();
  list.push(upTo.next().value);
  await null;
  list.push(upTo.next().value);
  for await (const text of it.slowly()) list.push(text);
  list.push(Final.reveal(), Final.reveal(), firstLog, Final.log === firstLog, Object.keys(it));
  await null;
  list.push(Final.reveal(), bound === it.bound);
  return list;
}
