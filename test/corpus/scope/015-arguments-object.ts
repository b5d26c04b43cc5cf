async function f(this: any, a: number, b?: number) {
  const before = [...arguments];
  await null;
  a = 100;
  const arrow = async () => {
    await null;
    return arguments.length;
  };
  arguments[1] = 'changed';
  await null;
  return { before, after: Array.from(arguments), a, b, length: await arrow(), tag: Object.prototype.toString.call(arguments) };
}
export default async function main() {
  return [await f(1), await f(1, 2), await (f as any)(1, 2, 3)];
}
