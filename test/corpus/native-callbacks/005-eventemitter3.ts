import EventEmitter from 'eventemitter3';
export default async function main() {
  const log: string[] = [];
  const total = await new Promise<number>((resolve) => {
    const emitter = new EventEmitter<{ item: [number]; end: [] }>();
    let sum = 0;
    emitter.on('item', (n) => {
      sum += n;
      log.push(`item ${n}`);
    });
    emitter.once('item', () => log.push('first'));
    emitter.on('end', async () => {
      await null;
      resolve(sum);
    });
    for (const n of [1, 2, 3]) emitter.emit('item', n);
    emitter.emit('end');
    log.push(`listeners ${emitter.listenerCount('item')}`);
  });
  await null;
  return { total, log };
}
