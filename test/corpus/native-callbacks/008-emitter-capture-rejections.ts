import { EventEmitter } from 'node:events';
import { setImmediate as immediate } from 'node:timers/promises';
/** An async listener that rejects: the emitter finds `then` on what the listener returned. */
export default async function main() {
  const play = (): Promise<unknown[]> => {
    const emitter = new EventEmitter({ captureRejections: true });
    emitter.on('go', async () => {
      await immediate();
      throw new Error('from an async listener');
    });
    process.nextTick(() => emitter.emit('go'));
    return new Promise((resolve) => emitter.on('error', (error: Error) => resolve(['caught', error.message])));
  };
  return await play();
}
