export default async function main() {
  const log: string[] = [];
  const resource = (name: string) => ({
    [Symbol.dispose]() {
      log.push(name);
      throw new Error(`dispose ${name}`);
    },
  });
  let error: any;
  try {
    using a = resource('a');
    using b = resource('b');
    void [a, b];
    throw new Error('body');
  } catch (caught) {
    error = caught;
  }
  await null;
  return [log, error.constructor.name, error.error.message, error.suppressed.constructor.name, error.suppressed.error.message, error.suppressed.suppressed.message, error.message];
}
