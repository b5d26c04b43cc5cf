const kinds: Record<string, any> = {};
for (const name of ['circle', 'square']) {
  kinds[name] = class {
    static count = 0;
    kind = name;
    constructor() {
      kinds[name].count++;
    }
  };
}

export default async function main(): Promise<unknown> {
  const circle = new kinds['circle']();
  await null;
  new kinds['circle']();
  const square = new kinds['square']();
  await null;
  return [
    circle.kind,
    square.kind,
    kinds['circle'].count,
    kinds['square'].count,
    circle instanceof kinds['circle'],
    circle instanceof kinds['square'],
  ];
}
