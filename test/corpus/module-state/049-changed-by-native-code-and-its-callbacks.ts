import { inherits } from 'node:util';
import pMap from 'p-map';

class Plain {
  own() {
    return 'own';
  }
}
class Base {
  inherited() {
    return 'inherited';
  }
}
class Left {}
class Right {}
function left() {}

export default async function run() {
  const before = 'inherited' in Plain.prototype;
  inherits(Plain, Base);
  await null;
  const plain: any = new Plain();
  const order = await pMap([Left, Right, left] as any[], async (target, index) => {
    await null;
    target.index = index;
    return target.name;
  });
  await null;
  for (const [key, target] of Object.entries({ Left, Right, left } as any)) (target as any).key = key;
  await null;
  await Promise.all([Left, Right].map(async (target: any) => (target.all = await target.index)));
  Reflect.apply((target: any) => (target.applied = true), undefined, [Right]);
  await null;
  return [before, plain.inherited(), plain.own(), (Plain as any).super_ === Base, order, { ...Left }, { ...Right }, { ...left }];
}
