export default async function main() {
  const key = { k: 1 };
  const weak = new WeakMap<object, string>([[key, 'value']]);
  const set = new WeakSet<object>([key]);
  const seen = [weak.get(key), set.has(key)];
  return { seen, after: await seen.length };
}
