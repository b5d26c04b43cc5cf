let seed = 1;
const created: Item[] = [];
class Item {
  static last: Item | undefined;
  readonly id = seed++;
  constructor() {
    created.push(this);
    Item.last = this;
  }
}
export default async function main() {
  const a = new Item();
  await null;
  const b = new Item();
  await null;
  return { ids: created.map((i) => i.id), last: Item.last === b, first: created[0] === a, seed };
}
