class Greeter {
  constructor(private word: string) {}
  async greet(...names: string[]) {
    await null;
    return `${this.word} ${names.join(' ')}`;
  }
}
export default async function main() {
  const a = new Greeter('hello'), b = new Greeter('bye');
  const { greet } = a;
  return [
    await greet.call(b, await 'x', 'y'),
    await greet.apply(await b, [await 'p', await 'q']),
    await Reflect.apply(greet, a, ['r']),
    await Function.prototype.call.call(greet, b, await 's'),
    await a.greet?.call(b, 't'),
  ];
}
