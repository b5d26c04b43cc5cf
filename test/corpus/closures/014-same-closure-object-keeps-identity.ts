export default async function main() {
  const f = () => 1;
  const holder = { f, list: [f, f] };
  const set = new Set([f]);
  const weak = new Map([[f, 'value']]);
  await null;
  return [holder.f === f, holder.list[0] === holder.list[1], set.has(holder.list[0]!), weak.get(f), (() => 1) === (f as any)];
}
