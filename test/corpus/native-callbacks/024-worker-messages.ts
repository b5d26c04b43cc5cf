import { Worker } from 'node:worker_threads';
export default async function main() {
  const log: unknown[] = [];
  const code = await new Promise((resolve, reject) => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', (n) => n === 0 ? process.exit(3) : parentPort.postMessage({ square: n * n }));`,
      { eval: true },
    );
    let next = 2;
    worker.on('message', (message: { square: number }) => {
      log.push(message.square);
      worker.postMessage(next > 3 ? 0 : next++);
    });
    worker.on('error', reject);
    worker.on('exit', resolve);
    worker.postMessage(1);
  });
  return { log, code };
}
