export default async function main() {
  const errors: any[] = [new DOMException('m', 'AbortError'), new DOMException('n', { name: 'DataError', cause: { a: 1 } }), new DOMException()];
  try {
    structuredClone(() => 1);
  } catch (error) {
    errors.push(error);
  }
  errors[0].extra = 'x';
  await null;
  return errors.map((error) => [error.name, error.code, String(error), error.cause, error.extra, error instanceof DOMException, error instanceof Error, Object.prototype.toString.call(error)]);
}
