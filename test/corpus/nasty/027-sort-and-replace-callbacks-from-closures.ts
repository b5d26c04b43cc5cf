export default async function main() {
  const weights = new Map<string, number>();
  for (const [i, w] of ['pear', 'fig', 'apple'].entries()) weights.set(w, await (10 - i * i));
  const calls: string[] = [];
  const by = (w: string) => { calls.push(w); return weights.get(w)!; };
  await null;
  const sorted = [...weights.keys()].sort((a, b) => by(a) - by(b));
  await null;
  // How often each is compared is up to the version of Node.js.
  const compared = [...new Set(calls.splice(0))].sort();
  const replaced = 'a-b-c'.replace(/[a-c]/g, (m) => `${m}${calls.push(m)}`);
  const json = JSON.stringify({ a: 1, b: [2] }, (k, v) => (typeof v === 'number' ? v * weights.get('fig')! : v));
  const revived = JSON.parse('{"x":1}', (k, v) => (k === 'x' ? [v, sorted.length] : v));
  return { sorted, compared, replaced, json, revived, calls: calls.length };
}
