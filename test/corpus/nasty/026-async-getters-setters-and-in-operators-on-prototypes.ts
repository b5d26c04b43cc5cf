const proto = {
  get answer() { return (async () => (await (this as any).base) + 1)(); },
  set answer(v: any) { (this as any).base = v; },
};
export default async function main() {
  const o: any = Object.create(proto, { base: { value: Promise.resolve(1), writable: true, enumerable: true } });
  const first = await o.answer;
  o.answer = Promise.resolve(41);
  const second = await o.answer;
  o.answer = (await o.answer) * 2;
  return { first, second, third: await o.answer, has: 'answer' in o, own: Object.hasOwn(o, 'answer'), base: await o.base };
}
