export default async function main(): Promise<unknown> {
  let Current: any = class Inner {
    static version = 1;
    own() {
      return Inner.version;
    }
  };
  const old = new Current();
  class Declared {
    who() {
      return Declared.name;
    }
  }
  const declared = new Declared();
  await null;
  Current = class Inner {
    static version = 2;
    own() {
      return Inner.version;
    }
  };
  await null;
  (Declared as any) = { name: 'replaced' };
  await null;
  return [old.own(), new Current().own(), old instanceof Current, declared.who(), Declared.name];
}
