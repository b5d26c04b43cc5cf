export default async function main() {
  function* numbered(n: number): Generator<number> {
    for (;;) yield n;
  }
  const owners = new Map<Generator<number>, string>();
  const list = [numbered(1), numbered(2), numbered(3)];
  for (const it of list) {
    owners.set(it, `owner ${it.next().value as number}`);
    await null;
  }
  const weak = list.map((it) => owners.get(it));
  owners.delete(list[1]!);
  await null;
  return [weak, [...owners].map(([it, owner]) => [it.next().value, owner, it === list[0] || it === list[2]])];
}
