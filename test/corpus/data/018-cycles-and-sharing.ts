export default async function main() {
  const shared = { n: 1 };
  const a: any = { shared, name: 'a' };
  const b: any = { shared, a, list: [shared, a] };
  a.b = b;
  a.self = a;
  const list: any[] = [shared];
  list.push(list);
  await null;
  b.shared.n++;
  await null;
  return { a, b, list, same: [a.shared === b.list[0], a.b.a === a, a.self.self === a, list[1] === list], n: shared.n };
}
