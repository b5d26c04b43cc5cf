export default async function main() {
  const p = async (x: string, ticks: number, fails: boolean) => { for (let i = 0; i < ticks; i++) await null; if (fails) throw new Error(x); return x; };
  const a = await Promise.any([p('a', 1, true), p('b', 3, false), p('c', 5, false)]);
  const none: any = await Promise.any([p('d', 3, true), p('e', 1, true)]).catch((e) => e);
  const empty: any = await Promise.any([]).catch((e) => e);
  return { a, none: [none.constructor.name, none.errors.map((e: Error) => e.message)], empty: [empty instanceof AggregateError, empty.errors.length], aggregate: none };
}
