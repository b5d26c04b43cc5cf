type Fn<A extends unknown[] = [], R = void> = (...args: A) => R;
const arrow = async <T,>(value: T, ...rest: readonly T[]): Promise<[T, number]> => [await (value as T), rest.length];
const conditional = (flag: boolean) => (flag ? (x: number): number => x + 1 : (x: number): string => `${x}`);
const object = {
  async method<T extends string>(this: { prefix: string }, text: T): Promise<`${string}${T}`> {
    return `${this.prefix}${await text}`;
  },
  prefix: '>' as const,
  get ['computed' as string](): number | undefined {
    return undefined!;
  },
};
class Box<out T> {
  static of = <U,>(value: U): Box<U> => new Box<U>(value);
  readonly value?: T | undefined;
  private constructor(value: T) {
    this.value = value;
  }
  map<U>(fn: Fn<[T], U>): Box<U> {
    return Box.of(fn(this.value!));
  }
  [key: `x${string}`]: unknown;
}
function overload(x: number): number;
function overload(x: string, y?: number): string;
function overload(x: any, y = 2 as number): any {
  return typeof x === 'string' ? x.repeat(y) : x * y;
}
export default async function run() {
  const results: unknown[] = [];
  label: for (const value of [1, 2, 3] as readonly number[]) {
    if ((value as unknown as string) == '2') continue label;
    results.push(await arrow<number>(value, ...([value, value] as [number, number])));
  }
  let assigned!: number;
  (assigned as any) = await 5;
  assigned! += 1;
  const { a, ...others }: { a?: number; b: string } & Record<string, unknown> = { a: 1, b: 'two', c: 3 } as any;
  const [head, , third = (await 9) as number]: (number | undefined)[] = [1, 2];
  results.push(assigned, a!, others satisfies object, head, third);
  results.push(conditional(true)(1), conditional(false)(1), await object.method('t' as const), object['computed' as 'prefix']);
  const boxed = Box.of(3).map<string>((n) => 'z'.repeat(n));
  const pick = Box.of<Fn<[number], number>>;
  results.push(boxed.value, pick((n) => n * 2).value?.(4), overload(3), overload('ab'), overload('c', 3));
  try {
    throw { code: 1 } as { code: number };
  } catch (error: unknown) {
    results.push((error as { code?: number })?.code! satisfies number);
  }
  for (let i: number = 0, n = <number>2; i < n; i++) results.push(((await i) as number) < (n as number), i as number);
  return results;
}
