class C {}
function F() {}
export default async function main(): Promise<unknown> {
  const X = C as any; const P = X.prototype;
  X.a = 1; P.b = 2;
  const p2 = F.prototype as any; p2.c = 3;
  await null;
  return [(C as any).a, (C.prototype as any).b, (F.prototype as any).c];
}
