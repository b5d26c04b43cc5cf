function* ids(prefix: string): Generator<string> {
  for (let n = 1; ; n++) yield `${prefix}-${n}`;
}

class Factory {
  #ids: Generator<string>;
  made: string[] = [];
  constructor(prefix: string) {
    this.#ids = ids(prefix);
  }
  make(): string {
    const id = this.#ids.next().value as string;
    this.made.push(id);
    return id;
  }
}

export default async function main() {
  const factory = new Factory('f');
  const source = ids('c');
  const next = () => source.next().value as string;
  const pair = { next, factory };
  factory.make();
  await null;
  next();
  await null;
  return [pair.factory.make(), pair.next(), factory.make(), source.next().value, factory.made];
}
