export default async function main() {
  const pairs: { get(): unknown; set(v: unknown): void }[] = [];
  for (let i = 0; i < 3; i++) {
    try {
      if (i === 1) throw { i };
      let v: unknown = await `try ${i}`;
      pairs.push({ get: () => [i, v], set: (x) => { v = x; i += 100; } });
    } catch ({ i: caught }: any) {
      let w = await caught;
      pairs.push({ get: () => [i, w, caught], set: (x) => { w = x; caught = 'changed'; } });
    }
    pairs.at(-1)!.set('set at once');
    if (i >= 100) i -= 100;
    await null;
  }
  for (const p of pairs) p.set('again');
  return pairs.map((p) => p.get());
}
