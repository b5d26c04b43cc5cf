import { EventEmitter } from 'node:events';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Console } from 'node:console';
import { Writable } from 'node:stream';

const lines: string[] = [];
const makeSink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
function openAll() {
  const sink = makeSink();
  return { sink, console: new Console(sink), seen: [] as string[] };
}
const all = openAll();
const services = { storage: new AsyncLocalStorage<string>(), cache: new Map<string, number>(), bus: new EventEmitter() };
class Repository {
  #storage = services.storage;
  readonly sink = all.sink;
  hits = 0;
  async find(key: string): Promise<number> {
    this.hits++;
    const known = services.cache.get(key);
    if (known !== undefined) return known;
    await null;
    const value = this.#storage.run(key, () => services.storage.getStore()!.length);
    services.cache.set(key, value);
    return value;
  }
  usesTheSame(): boolean {
    return this.#storage === services.storage && this.sink === all.sink;
  }
}
const repository = new Repository();
let current = makeSink();

export default async function run() {
  services.bus.on('found', (n: number) => lines.push(`found ${n}`));
  await null;
  const found = [await repository.find('abc'), await repository.find('abc'), await repository.find('de')];
  services.bus.emit('found', found.length);
  all.seen.push('x');
  await null;
  const first = current;
  current = all.sink;
  await null;
  return [found, repository.hits, repository.usesTheSame(), [...services.cache], lines, all.seen, first === current, current === all.sink];
}
