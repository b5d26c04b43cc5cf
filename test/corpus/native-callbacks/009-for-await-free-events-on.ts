import { EventEmitter, on } from 'node:events';
export default async function main() {
  const collect = (): Promise<number[]> => {
    const emitter = new EventEmitter();
    const events = on(emitter, 'n', { close: ['end'] });
    process.nextTick(() => {
      for (const n of [1, 2, 3]) emitter.emit('n', n);
      emitter.emit('end');
    });
    return Reflect.apply(Array.fromAsync, Array, [events, (values: number[]) => values[0]! * 10]);
  };
  return await collect();
}
