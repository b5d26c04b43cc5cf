async function build(depth: number, Base: any): Promise<any> {
  await null;
  if (depth === 0) return Base;
  const Level = class extends Base {
    depth() {
      return [depth, ...(super.depth?.() ?? [])];
    }
  };
  await null;
  return build(depth - 1, Level);
}

export default async function main(): Promise<unknown> {
  class Root {
    depth(): number[] {
      return [0];
    }
  }
  const Top = await build(3, Root);
  const top = new Top();
  await null;
  let chain = 0;
  for (let at = Top; at !== Function.prototype; at = Object.getPrototypeOf(at)) chain++;
  return [top.depth(), chain, top instanceof Root];
}
