import { callbackify } from 'node:util';
/** For code that wants callbacks. */
export default async function main() {
  const half = async (value: number): Promise<number> => {
    await null;
    if (value % 2 === 1) throw new RangeError(`odd ${value}`);
    return value / 2;
  };
  const ask = (value: number): Promise<unknown> =>
    new Promise((resolve) => {
      callbackify((given: number) => half(given))(value, (error, result) =>
        resolve(error ? [error.name, error.message] : result),
      );
    });
  return [await ask(8), await ask(3)];
}
