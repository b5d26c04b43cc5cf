// Dependency injection by hand: metadata of the container stands on the classes.
type Constructor<T = any> = { new (...args: any[]): T; inject?: string[]; instances?: number; scope?: string };
class Container {
  readonly #entries = new Map<string, Constructor>();
  readonly #made = new Map<string, unknown>();
  register(name: string, type: Constructor, inject: string[] = []): this {
    type.inject = inject;
    type.instances = 0;
    this.#entries.set(name, type);
    return this;
  }
  async resolve(name: string): Promise<any> {
    if (this.#made.has(name)) return this.#made.get(name);
    const type = this.#entries.get(name);
    if (!type) throw new RangeError(`nothing called ${name}`);
    const parts = [];
    for (const part of type.inject!) parts.push(await this.resolve(part));
    type.instances!++;
    const made = new type(...parts);
    this.#made.set(name, made);
    return made;
  }
  scope(scope: string): void {
    for (const type of this.#entries.values()) type.scope ??= scope;
  }
}
class Clock {
  now = 1000;
}
class Log {
  readonly lines: string[] = [];
  readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }
  write(text: string): void {
    this.lines.push(`${this.clock.now++} ${text}`);
  }
}
class Shop {
  readonly log: Log;
  readonly clock: Clock;
  constructor(log: Log, clock: Clock) {
    this.log = log;
    this.clock = clock;
  }
  async sell(what: string): Promise<number> {
    this.log.write(`selling ${what}`);
    await null;
    this.log.write(`sold ${what}`);
    return this.clock.now;
  }
}

export default async function run() {
  const container = new Container().register('clock', Clock).register('log', Log, ['clock']);
  await null;
  container.register('shop', Shop, ['log', 'clock']);
  const shop: Shop = await container.resolve('shop');
  const at = await shop.sell('pear');
  container.scope('singleton');
  await null;
  const missing = await container.resolve('nothing').catch((error) => `${error}`);
  const view = (type: Constructor) => [type.name, type.inject, type.instances, type.scope];
  return [at, shop.log.lines, [Clock, Log, Shop].map(view), missing, shop === (await container.resolve('shop'))];
}
