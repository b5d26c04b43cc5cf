export interface Shape { size: number }
export const unusedValue = 'unused';
export async function helper(size: number): Promise<Shape> {
  await null;
  return { size };
}
