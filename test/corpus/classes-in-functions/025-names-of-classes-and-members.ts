export default async function main(): Promise<unknown> {
  const key = 'dyn';
  const symbol = Symbol('sym');
  const plain = class {};
  const own = class Own {};
  const { destructured = class {} } = {} as any;
  const held = { inLiteral: class {}, 'with space': class {}, [key]: 1 };
  class WithName {
    static override = 1;
    static ['name'] = 'custom';
  }
  class Members {
    [key] = () => 1;
    [symbol] = () => 2;
    static [`${key}2`] = function () {};
    'quoted name' = () => 3;
    [key + 3]() {}
    get [key + 4]() {
      return 1;
    }
  }
  const made: any = new Members();
  await null;
  const getter = Object.getOwnPropertyDescriptor(Members.prototype, 'dyn4')!.get!;
  return [
    plain.name,
    own.name,
    destructured.name,
    held.inLiteral.name,
    held['with space'].name,
    WithName.name,
    made.dyn.name,
    made[symbol].name,
    (Members as any).dyn2.name,
    made['quoted name'].name,
    made.dyn3.name,
    getter.name,
    Members.length,
  ];
}
