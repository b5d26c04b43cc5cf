/** Entry of the store's thread: an engine that is spoken to by messages. */
import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine-messages.ts';
import { openingFailureOf } from './sqlite-failure.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('this module is the entry of a worker thread');

const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function open(options: EngineOptions): Engine | undefined {
  try {
    return new Engine(options);
  } catch (error) {
    post({ type: 'refused', failure: openingFailureOf(error, options.directory).toData() });
    return undefined;
  }
}

const engine = open(workerData as EngineOptions);

if (engine !== undefined) {
  port.on('message', (message: ToWorker) => {
    if (message.type === 'close') {
      engine.close();
      port.close();
      return;
    }
    const { bytes } = message.batch;
    const buffer = bytes.buffer as ArrayBuffer;
    post({ type: 'reply', reply: engine.run(message.batch), buffer }, [buffer]);
    const failure = engine.afterReply();
    if (failure !== undefined) post({ type: 'failed', failure });
  });
  post({ type: 'ready' });
  // A process that is killed writes no cache, and it is the next one that is to start quickly.
  flushCompileCache();
}
