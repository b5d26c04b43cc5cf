async function* values() {
  yield Promise.resolve('a');
  try {
    yield Promise.reject(new Error('operand'));
  } catch (error) {
    yield `caught ${(error as Error).message}`;
  }
  yield { then: (resolve: (value: string) => void) => resolve('thenable') } as never;
  yield [Promise.resolve(1)].length;
  return Promise.reject(new RangeError('returned'));
}

export default async function main() {
  const seen: unknown[] = [];
  try {
    for await (const value of values()) seen.push(value);
  } catch (error) {
    seen.push((error as Error).name);
  }
  return seen;
}
