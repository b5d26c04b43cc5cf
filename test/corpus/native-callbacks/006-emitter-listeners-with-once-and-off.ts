import { EventEmitter, once } from 'node:events';
import { setImmediate as immediate } from 'node:timers';
/** The same function object is what `off` takes away. */
export default async function main() {
  const log: string[] = [];
  const play = async (): Promise<void> => {
    const emitter = new EventEmitter();
    const hear = (text: string): void => void log.push(`hear ${text}`);
    emitter.on('say', hear);
    emitter.on('say', function (this: EventEmitter, text: string) {
      log.push(`this is emitter ${this === emitter} ${text}`);
    });
    emitter.emit('say', 'one');
    emitter.off('say', hear);
    emitter.emit('say', 'two');
    immediate(() => emitter.emit('later', 1, 2));
    log.push(String(await once(emitter, 'later')));
  };
  await play();
  return log;
}
