namespace Geometry {
  export const unit = 10;
  export function area(w: number, h: number) { return w * h * unit; }
  export namespace Deep { export const name = 'deep'; }
}
namespace OnlyTypes { export type T = number; }
export default async function main() {
  const value: OnlyTypes.T = await 2;
  await null;
  return [Geometry.area(value, 3), Geometry.Deep.name, Object.keys(Geometry)];
}
