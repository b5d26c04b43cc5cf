function pick(kind: string): any {
  switch (kind) {
    case 'a':
      class Shared {
        kind = kind;
      }
      return Shared;
    case 'b':
      return kind ? class extends pick('a') {} : null;
    default:
      return undefined;
  }
}

export default async function main(): Promise<unknown> {
  const A = pick('a');
  const B = pick('b');
  const a = new A();
  const b = new B();
  await null;
  return [a.kind, b.kind, a instanceof A, b instanceof A, b instanceof B, A.name, B.name, pick('c')];
}
