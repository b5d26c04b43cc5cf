import { EventEmitter } from 'node:events';

export default async function main() {
  const emitter = new EventEmitter();
  await Promise.resolve();
  return emitter.listenerCount('x');
}
