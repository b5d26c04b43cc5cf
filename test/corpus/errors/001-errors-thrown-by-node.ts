import { readFileSync } from 'node:fs';

function caught(action: () => unknown): any {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

export default async function main() {
  const errors = [
    caught(() => Buffer.alloc('x' as never)),
    caught(() => new TextDecoder('no-such')),
    caught(() => new URL('nowhere')),
    caught(() => readFileSync('/no/such/file')),
    caught(() => JSON.parse('{')),
  ];
  await null;
  return errors.map((error) => [
    String(error),
    error.code,
    error.errno,
    error.syscall,
    error.path,
    error.input,
    error.constructor.name,
    error instanceof TypeError,
    error instanceof Error,
    Object.keys(error),
    error.stack.split('\n')[0],
  ]);
}
