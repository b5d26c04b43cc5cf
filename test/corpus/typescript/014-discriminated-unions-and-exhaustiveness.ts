/** A reducer over a union, with a check by never, generic helpers and type predicates, all of which are erased. */
type Shape = { kind: 'circle'; r: number } | { kind: 'box'; w: number; h: number } | { kind: 'group'; of: readonly Shape[] };
function unreachable(value: never): never {
  throw new Error(`unknown kind ${(value as Shape).kind}`);
}
const isGroup = (shape: Shape): shape is Extract<Shape, { kind: 'group' }> => shape.kind === 'group';
async function area(shape: Shape): Promise<number> {
  switch (shape.kind) {
    case 'circle':
      return Math.round(Math.PI * shape.r ** 2);
    case 'box':
      return (await shape.w) * (await shape.h);
    case 'group': {
      let sum = 0;
      for (const each of shape.of) sum += await area(each);
      return sum;
    }
    default:
      return unreachable(shape);
  }
}
async function fold<const T extends readonly Shape[], R>(shapes: T, start: R, step: (acc: R, shape: T[number]) => Promise<R>): Promise<R> {
  let acc = start;
  for (const shape of shapes) acc = await step(acc, shape);
  return acc;
}
export default async function main(): Promise<unknown> {
  const shapes = [{ kind: 'box', w: 2, h: 3 }, { kind: 'circle', r: 1 }, { kind: 'group', of: [{ kind: 'box', w: 1, h: 1 }] }] as const satisfies Shape[];
  const total = await fold(shapes, 0, async (sum, shape) => sum + (await area(shape)));
  const names = await fold<readonly Shape[], string[]>(shapes, [], async (list, shape) => [...list, isGroup(shape) ? `group of ${shape.of.length}` : shape.kind]);
  const odd = await area({ kind: 'star' } as unknown as Shape).catch((error: Error) => error.message);
  return { total, names, odd };
}
