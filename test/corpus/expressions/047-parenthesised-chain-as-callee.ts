type Counter = { n: number; read?: (this: Counter, x?: unknown) => unknown; inner?: Counter };

export default async function main() {
  const read = function (this: Counter | undefined, ...rest: unknown[]) {
    return [this?.n, rest];
  };
  const counter: any = { n: 1, read, inner: { n: 2, read } };
  return [
    (counter?.inner?.read)?.(await 1),
    (counter.nothing?.read)?.(await 2),
    ((await counter)?.inner?.read)?.(3),
    (counter?.inner?.[await 'read'])?.(await 4),
    (counter?.inner.read)`x${await 5}`,
    (counter?.inner.read)`y`,
  ];
}
