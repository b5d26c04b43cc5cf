import { on, EventEmitter } from 'node:events';

export default async function main() {
  let error: any;
  try {
    on(new EventEmitter(), 'x', { signal: AbortSignal.abort('why') });
  } catch (caught) {
    error = caught;
  }
  await null;
  return [error.name, error.code, error.cause, error.message, String(error), error.constructor.name, error instanceof Error, Object.keys(error)];
}
