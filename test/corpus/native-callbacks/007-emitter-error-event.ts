import { EventEmitter, once } from 'node:events';
export default async function main() {
  const attempt = async (work: (emitter: EventEmitter) => void): Promise<string> => {
    const emitter = new EventEmitter();
    const waiting = once(emitter, 'done');
    process.nextTick(() => work(emitter));
    try {
      return `done ${String(await waiting)}`;
    } catch (error) {
      return `${(error as Error).name} ${(error as Error).message}`;
    }
  };
  const results = [
    await attempt((emitter) => emitter.emit('done', 1)),
    await attempt((emitter) => emitter.emit('error', new RangeError('broken'))),
  ];
  const bare = new EventEmitter();
  try {
    bare.emit('error', new TypeError('nobody listens'));
  } catch (error) {
    results.push((error as Error).message);
  }
  return results;
}
