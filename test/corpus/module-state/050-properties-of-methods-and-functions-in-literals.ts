const api: any = {
  hit() {
    api.hit.calls = (api.hit.calls ?? 0) + 1;
    return 'hit';
  },
  miss: () => 'miss',
  nested: { deep: async (n: number) => n + (await 1) },
};
class Shape {
  area() {
    return 1;
  }
  static unit() {
    return 'cm';
  }
}

export default async function run() {
  api.hit();
  api.miss.count = 5;
  await null;
  api.hit();
  (Shape.prototype.area as any).formula = 'a*b';
  (Shape.unit as any).known = ['cm', 'mm'];
  await null;
  api.nested.deep.tag = { since: 1 };
  await null;
  const shape = new Shape();
  (Shape.unit as any).known.push('m');
  await null;
  return [
    api.hit.calls, api.miss.count, (shape.area as any).formula, (Shape.unit as any).known, api.nested.deep.tag, await api.nested.deep(2), Object.keys(api.miss), (Shape as any).prototype.area === shape.area,
  ];
}
