import { MessageChannel } from 'node:worker_threads';
export default async function main() {
  const got = await new Promise<unknown>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (value: { n: number }) => {
      if (value.n === 3) {
        port1.close();
        resolve(value);
      } else port2.postMessage({ n: value.n + 1 });
    });
    port1.on('message', (value: { n: number }) => port1.postMessage({ n: value.n }));
    port1.postMessage({ n: 0 });
  });
  return got;
}
