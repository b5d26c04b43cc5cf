export default async function main(): Promise<unknown> {
  const Item = 'outer';
  const result: unknown[] = [Item];
  {
    class Item {
      name = 'block';
    }
    result.push(new Item().name);
    await null;
    {
      class Item {
        name = 'inner block';
        make() {
          class Item {
            name = 'in method';
          }
          return new Item();
        }
      }
      const item = new Item();
      await null;
      result.push(item.name, item.make().name, item instanceof Item);
    }
    result.push(new Item().name);
  }
  await null;
  return result.concat(Item);
}
