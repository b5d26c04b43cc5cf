/** `super.key` as the target of patterns, loop heads, compound assignments and updates in code that suspends; keys are evaluated once. */
const log: string[] = [];
const note = <T>(place: string, value: T): T => {
  log.push(`${place} ${String(value)}`);
  return value;
};

class Parent {
  set watched(value: number) {
    note('watched', value);
  }
}

class Child extends Parent {
  a = 1;
  b = 2;

  async patterns() {
    [super['a'], super['watched']] = [3, 4];
    ({ a: super['b'], ...super['rest'] } = { a: await 5, c: 6 } as never);
    for (super['a'] of [7, 8]) note('round', this.a);
    for (super['a'] of [9, 10]) note('late round', await this.a);
    [super[note('key', 'a') as 'a'] = await 11] = [] as number[];
    [super[(await note('slow key', 'b')) as 'b'] = 12] = [] as number[];
    return [this.a, this.b, (this as Record<string, unknown>)['rest']];
  }

  async updates() {
    super[note('key', 'count') as 'a'] = 5;
    const sum = (super[note('key', 'x') as 'a'] += 1);
    const after = super[note('key', 'y') as 'a']++;
    super[note('key', 'z') as 'a'] ??= await 3;
    const arrow = () => ([super['b']] = [20]);
    arrow();
    await null;
    return [Number.isNaN(sum), Number.isNaN(after), Object.keys(this), this.b];
  }
}

export default async function main() {
  const child = new Child();
  return [await child.patterns(), await child.updates(), log];
}
