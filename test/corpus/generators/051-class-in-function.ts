function makeClass(label: string, key: string) {
  let made = 0;
  return class Local {
    #items = [label, `${label}2`];
    *walk(): Generator<string> {
      made++;
      for (const item of this.#items) yield `${item}:${made}`;
    }
    *[key](): Generator<string> {
      yield* this.#inner();
    }
    *#inner(): Generator<string> {
      yield `inner ${label}`;
      yield `count ${made}`;
    }
    static *numbers(): Generator<number> {
      for (let n = 0; n < 3; n++) yield n;
    }
    static *[Symbol.iterator](): Generator<string> {
      yield label;
      yield label.toUpperCase();
    }
  };
}

export default async function main() {
  const A = makeClass('a', 'dyn');
  const B = makeClass('b', 'other');
  const a = new A();
  const b = new B();
  const walkA = a.walk();
  const walkB = b.walk();
  const dyn = (a as unknown as { dyn(): Generator<string> }).dyn();
  const numbers = A.numbers();
  const statics = B[Symbol.iterator]();
  const log: unknown[] = [walkA.next(), walkB.next(), dyn.next(), numbers.next(), statics.next()];
  await null;
  log.push(
    walkA instanceof (A.prototype.walk as never),
    walkA instanceof (B.prototype.walk as never),
    numbers instanceof (A.numbers as never),
    numbers instanceof (B.numbers as never),
    statics instanceof (B[Symbol.iterator] as never),
    Object.getPrototypeOf(walkB) === B.prototype.walk.prototype,
    A.prototype.walk.name,
    Object.prototype.toString.call(A.numbers),
  );
  await null;
  log.push([...walkA], [...walkB], [...dyn], [...numbers], [...statics], [...A]);
  return log;
}
