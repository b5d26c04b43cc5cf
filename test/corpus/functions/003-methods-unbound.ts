class Thing {
  name = 'thing';
  async method() {
    await null;
    return this === undefined ? 'undefined' : this.name;
  }
  arrow = async () => {
    await null;
    return this.name;
  };
}
export default async function main() {
  const thing = new Thing();
  const { method, arrow } = thing;
  const log = [await thing.method(), await (method as any)(), await arrow()];
  const other = { name: 'other', method, arrow };
  log.push(await other.method.call(other as any), await other.arrow());
  return log;
}
