interface Box<T> { readonly value: T; next?: Box<T> }
type Reader<T> = (box: Box<T>) => Promise<T>;
const read: Reader<number> = async (box) => await box.value;
async function pick<T extends object, K extends keyof T>(object: T, key: K): Promise<T[K]> {
  await null;
  return object[key];
}
export default async function main(): Promise<unknown> {
  const box: Box<number> = { value: 5 };
  const value: number = await read(box);
  const name = await pick({ name: 'n', other: 1 }, 'name');
  const cast = (await (value as unknown)) as string;
  const older = <number>await (<number>value);
  return [value, name, cast, older];
}
