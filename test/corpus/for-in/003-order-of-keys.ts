/** Indices first in numeric order, then names in the order they were made, symbols never. */
export default async function main() {
  const object: Record<PropertyKey, unknown> = { z: 1, 10: 1, a: 1, 2: 1, '-1': 1, '01': 1, '4294967295': 1, 1.5: 1 };
  object[Symbol('hidden')] = 1;
  object['0'] = 1;
  delete object['a'];
  object['a'] = 2;
  const seen: string[] = [];
  for (const key in object) {
    await null;
    seen.push(key);
  }
  const sparse: number[] = [];
  sparse[5] = 1;
  sparse[2] = 1;
  (sparse as unknown as Record<string, number>)['name'] = 1;
  for (const index in sparse) {
    seen.push(typeof index + index);
    await null;
    if (index === '2') sparse.length = 3;
  }
  return seen;
}
