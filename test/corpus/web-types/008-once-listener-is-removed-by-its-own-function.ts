import { EventEmitter } from 'node:events';

export default async function main() {
  const emitter = new EventEmitter();
  const log: string[] = [];
  const listener = () => log.push('called');
  emitter.once('a', listener);
  emitter.once('b', listener);
  emitter.on('a', listener);
  await null;
  const raw = emitter.rawListeners('b')[0] as any;
  const shown = [emitter.listeners('a').every((each) => each === listener), raw.listener === listener];
  emitter.off('b', listener);
  await null;
  emitter.emit('b');
  emitter.emit('a');
  emitter.emit('a');
  return [shown, log, emitter.listenerCount('a')];
}
