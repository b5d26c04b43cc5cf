async function parse(x: string): Promise<number>;
async function parse(x: number): Promise<string>;
async function parse(x: string | number): Promise<unknown> {
  await null;
  return typeof x === 'string' ? Number(x) : String(x);
}
class Box {
  get(): Promise<string>;
  get(key: string): Promise<number>;
  async get(key?: string): Promise<any> {
    await null;
    return key === undefined ? 'all' : key.length;
  }
}
export default async function main() {
  const box = new Box();
  return [await parse('5'), await parse(5), await box.get(), await box.get('four')];
}
