class Base {
  name = 'base';
  hello(suffix: string): string {
    return `hello ${this.name}${suffix}`;
  }
  *parts(): Generator<string> {
    yield 'base one';
    yield this.hello('?');
  }
  static *all(): Generator<string> {
    yield 'static base';
  }
}

class Derived extends Base {
  override name = 'derived';
  override *parts(): Generator<string> {
    yield super.hello('!');
    yield* super.parts();
    const later = () => super.hello('...');
    yield later();
  }
  static override *all(): Generator<string> {
    yield* super.all();
    yield 'static derived';
  }
}

const proto = {
  *list() {
    yield 'proto';
  },
};
const object = {
  __proto__: proto,
  *list(): Generator<string> {
    yield 'own';
    yield* super.list();
  },
};

export default async function main() {
  const it = new Derived().parts();
  const seen: unknown[] = [];
  for (const part of it) {
    await null;
    seen.push(part);
  }
  const all = Derived.all();
  seen.push(all.next().value);
  await null;
  seen.push(...all, ...object.list());
  return seen;
}
