export default async function main() {
  const self = async function self(n: number): Promise<unknown> {
    if (n > 0) return self(n - 1);
    await null;
    return typeof self;
  };
  const error = await (async function fixed() {
    try {
      // @ts-ignore
      fixed = await 1;
    } catch (e: any) {
      return [e.constructor.name, typeof fixed];
    }
    return 'no error';
  })();
  const shadow = await (async function name(name: any) {
    await null;
    return name;
  })('parameter wins');
  return [await self(2), error, shadow];
}
