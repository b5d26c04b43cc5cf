class A { name = 'A'; constructor(public x: unknown) {} }
class B { name = 'B'; constructor(public x: unknown) {} }
export default async function main() {
  let K: any = A;
  const first = new K(await ((K = B), Promise.resolve(1)));
  const second = new K(await Promise.resolve(2));
  return [first, second];
}
