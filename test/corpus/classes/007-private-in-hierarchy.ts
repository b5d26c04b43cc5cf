class Base {
  #id: number;
  constructor(id: number) { this.#id = id; }
  baseId() { return this.#id; }
}
class Middle extends Base {
  #id = 'middle';
  middleId() { return this.#id; }
}
class Leaf extends Middle {
  #id = { deep: ['leaf'] };
  async ids() {
    await null;
    this.#id.deep.push(this.middleId());
    return [this.#id, this.baseId()];
  }
}
export default async function main() {
  const list = [new Leaf(1), new Leaf(2)];
  await null;
  const first = await list[0]!.ids();
  await null;
  return [first, await list[0]!.ids(), await list[1]!.ids()];
}
