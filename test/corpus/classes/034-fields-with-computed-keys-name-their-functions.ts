const prefix = 'on';
const tag = Symbol('tag');
let asked = 0;
const key = () => `${prefix}${++asked}`;
class Handlers {
  [key()] = () => 1;
  static [key()] = function () {
    return 2;
  };
  [tag] = async () => 3;
  ['literal'] = () => 4;
  [`${prefix}Done`] = (() => 5) as () => number;
}

export default async function main(): Promise<unknown> {
  const made: any = new Handlers();
  await null;
  const other: any = new Handlers();
  await null;
  return [
    made.on1.name,
    (Handlers as any).on2.name,
    made[tag].name,
    made.literal.name,
    made.onDone.name,
    other.on1 === made.on1,
    await made[tag](),
    asked,
  ];
}
