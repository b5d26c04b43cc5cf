/** The child's side of the simulators and the generator: options from the command line, messages to and from the parent. */

/** What the parent gave as the only argument. */
export function roleOptions<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

export function tellParent(message: object): void {
  if (process.connected) process.send!(message, () => {});
}

/** Goes to the log of the process. */
export function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}
