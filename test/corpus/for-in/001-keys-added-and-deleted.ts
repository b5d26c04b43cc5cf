/** Keys deleted before their turn are skipped, those added are not seen, those added again are. */
export default async function main() {
  const object: Record<string, number> = { a: 1, b: 2, c: 3, d: 4, e: 5 };
  const seen: string[] = [];
  for (const key in object) {
    seen.push(key);
    await null;
    if (key === 'a') {
      delete object['b'];
      object['f'] = 6;
    }
    if (key === 'c') {
      delete object['d'];
      delete object['e'];
      await null;
      object['e'] = 50;
    }
  }
  return { seen, keys: Object.keys(object) };
}
