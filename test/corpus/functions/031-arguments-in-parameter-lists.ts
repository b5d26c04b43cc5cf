export default async function main() {
  async function late(x = 0, count = () => arguments.length) {
    await null;
    return [x, count()];
  }
  async function asynchronous(first = async () => arguments[1]) {
    return await first();
  }
  function plain({ count } = { count: async () => arguments.length }) {
    return count();
  }
  const call = (fn: (...all: any[]) => unknown, ...all: unknown[]) => fn(...all);
  return [
    await call(late),
    await call(late, 1, undefined, 2),
    await call(asynchronous, undefined, 'second'),
    await call(plain),
    await call(plain, undefined, 1),
  ];
}
