import { EventEmitter } from 'node:events';

export default async function main() {
  const log: unknown[] = [];
  const emitter = new EventEmitter();
  emitter.setMaxListeners(3);
  emitter.on('data', (value) => log.push(['on', value]));
  emitter.once('data', (value) => log.push(['once', value]));
  emitter.prependListener('data', function (this: EventEmitter, value) {
    log.push(['first', value, this === emitter]);
  });
  emitter.once('end', () => log.push('end'));
  await null;
  emitter.emit('data', 1);
  await null;
  emitter.emit('data', 2);
  await null;
  return [log, emitter.listenerCount('data'), emitter.eventNames(), emitter.getMaxListeners(), emitter.emit('end'), emitter.emit('end'), log.length];
}
