function* plain() {
  yield 1;
}

export default async function main() {
  const methods = Object.getPrototypeOf(plain.prototype) as Record<'next' | 'return' | 'throw', Function>;
  const errors: unknown[] = [];
  await null;
  for (const name of ['next', 'return', 'throw'] as const) {
    for (const receiver of [undefined, null, 1, 'text', {}, [], plain, plain.prototype]) {
      try {
        errors.push(methods[name].call(receiver));
      } catch (error) {
        errors.push((error as Error).name);
      }
    }
    errors.push(methods[name].length, methods[name].name);
  }
  const it = plain();
  errors.push(methods.next.call(it), methods.return.call(it, 'r'));
  return errors;
}
