export default async function main(): Promise<unknown> {
  function Node1(this: any, v: number) {
    this.v = v;
  }
  Node1.prototype.kind = () => 'old';
  const Make = Node1 as any;
  const old = new Make(1);
  await null;
  const former = Node1.prototype;
  Node1.prototype = { kind: () => 'new' };
  const fresh = new Make(2);
  await null;
  return [
    old.kind(),
    fresh.kind(),
    old instanceof Make,
    fresh instanceof Make,
    Object.getPrototypeOf(old) === former,
    former.constructor === Node1,
    fresh.constructor === Object,
  ];
}
