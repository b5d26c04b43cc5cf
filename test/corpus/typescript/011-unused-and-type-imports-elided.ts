import { helper, type Shape, unusedValue } from './_lib/shapes.ts';
import type * as Types from './_lib/shapes.ts';
export default async function main() {
  const shape: Shape = await helper(3);
  const other: Types.Shape = { size: 1 };
  type Unused = typeof unusedValue;
  return [shape, other, null as Unused | null];
}
