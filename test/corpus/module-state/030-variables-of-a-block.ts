let next: () => number;
let peek: () => unknown;
{
  let n = 0;
  const seen: number[] = [];
  const cache = new Map<string, number>();
  next = () => {
    seen.push(++n);
    cache.set(`k${n}`, n);
    return n;
  };
  peek = () => [n, [...seen], [...cache]];
}

export default async function main(): Promise<unknown> {
  next();
  await null;
  next();
  await null;
  return [next(), peek()];
}
