export default async function main() {
  const log: unknown[] = [];
  for (const thrown of [undefined, null, 0, '', NaN, Symbol.for('thrown'), { a: 1 }, 5n]) {
    try {
      await null;
      throw thrown;
    } catch (caught) {
      await null;
      log.push(Object.is(caught, thrown), caught);
    }
    try {
      await Promise.reject(thrown);
    } catch (caught) {
      log.push(Object.is(caught, thrown));
    }
  }
  return log;
}
