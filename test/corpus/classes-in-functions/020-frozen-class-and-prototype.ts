export default async function main(): Promise<unknown> {
  class Fixed {
    static value = 1;
    method() {
      return 'method';
    }
  }
  Object.freeze(Fixed);
  Object.freeze(Fixed.prototype);
  const made = Object.freeze(new Fixed());
  await null;
  const failures: string[] = [];
  for (const change of [
    () => ((Fixed as any).value = 2),
    () => ((Fixed.prototype as any).method = null),
    () => ((made as any).x = 1),
  ]) {
    try {
      change();
    } catch (error) {
      failures.push((error as Error).name);
    }
    await null;
  }
  return [failures, Fixed.value, made.method(), Object.isFrozen(Fixed), Object.isFrozen(Fixed.prototype), Object.isFrozen(made)];
}
