/** Generators of several closures of the same text, used in turns, abandoned, and asked by the wrong methods. */
function makers(names: string[]) {
  const log: string[] = [];
  return {
    log,
    list: names.map((name) => {
      let count = 0;
      const make = function* (limit: number) {
        for (let i = 0; i < limit; i++) {
          const got: unknown = yield `${name}${count++}`;
          if (got !== undefined) log.push(`${name} got ${String(got)}`);
        }
        return `${name} ends at ${count}`;
      };
      return make;
    }),
  };
}

export default async function main() {
  const { log, list } = makers(['a', 'b', 'c']);
  const out: unknown[] = [];
  const first = list.map((make) => make(3));
  for (let round = 0; round < 4; round++) {
    for (const it of first) out.push(it.next(round));
    await null;
  }
  // The one that was made last is not the one that is asked.
  const old = list[0]!(2);
  const fresh = list[0]!(2);
  out.push(old.next(), fresh.next(), old.next(), fresh.return('early'), old.next(), fresh.next());
  await null;
  for (const make of list) {
    for (const outer of make(2)) {
      for (const inner of list[1]!(2)) out.push(outer + inner);
      if (outer.endsWith('4')) break;
    }
    await null;
  }
  const last = list[2]!(1);
  const { next } = last as { next: unknown };
  for (const receiver of [{}, Object.create(last), () => {}, undefined, list[2]]) {
    try {
      out.push(Reflect.apply(next as Function, receiver, []));
    } catch (error) {
      out.push((error as Error).constructor.name);
    }
  }
  out.push(Reflect.apply(next as Function, last, ['x']), Object.getPrototypeOf(last) === list[2]!.prototype);
  await null;
  list[1]!.prototype = { __proto__: list[1]!.prototype, name: 'replaced' };
  const other = list[1]!(1) as unknown as { name: string; next(): unknown };
  out.push(other.name, other.next());
  await null;
  out.push(other.next(), Object.getPrototypeOf(other) === list[1]!.prototype);
  return { out, log };
}
