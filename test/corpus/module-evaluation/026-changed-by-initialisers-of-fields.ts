const made: string[] = [];
const ids = new Map<string, number>();
class Part {
  readonly index = made.push('part');
  readonly id = ids.set(`p${this.index}`, this.index).size;
}
class Whole extends Part {
  #more = made.push('whole');
  more() {
    return this.#more;
  }
}

export default async function run() {
  const first = new Part();
  await null;
  const second = new Whole();
  await null;
  return [first.index, first.id, second.index, second.id, second.more(), made, [...ids]];
}
