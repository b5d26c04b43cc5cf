import { runInThisContext } from 'node:vm';
const read = runInThisContext('(object, ...keys) => keys.map((key) => object[key])') as (o: object, ...k: string[]) => unknown[];
export default async function main() {
  const asked: string[] = [];
  const look = (): unknown[] =>
    read(
      new Proxy({ a: 1 } as Record<string, number>, {
        get(target, key) {
          asked.push(String(key));
          return target[String(key)] ?? -1;
        },
      }),
      'a',
      'b',
    );
  const values = look();
  await null;
  const applied = Reflect.apply((...given: number[]) => Math.max(...given), undefined, [1, 5, 3]);
  const list = Reflect.construct(Array, [1, 2, 3]) as number[];
  return { values, asked, applied, list };
}
