async function sum({ a, b = 2 }: any, [c, d = a + b]: any, ...[e, f = e]: any[]) {
  await null;
  return [a, b, c, d, e, f];
}
export default async function main() {
  const arrow = async ({ x, ...rest }: any, list: any[] = [x]) => {
    await null;
    return { x, rest, list };
  };
  return [await sum({ a: 1 }, [3], 5), await arrow({ x: 1, y: 2 }), sum.length, arrow.length];
}
