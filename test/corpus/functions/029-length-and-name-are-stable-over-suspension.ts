export default async function main() {
  const f = async (a: number, b: number, c = 1) => a + b + (await c);
  const g = function named(_a: unknown) {};
  const h = { m(a: unknown, ...b: unknown[]) { return [a, b]; } };
  const before = [f.name, f.length, g.name, g.length, h.m.name, h.m.length];
  await null;
  const after = [f.name, f.length, g.name, g.length, h.m.name, h.m.length];
  return [before, after, await f(1, 2), h.m(1, 2)];
}
