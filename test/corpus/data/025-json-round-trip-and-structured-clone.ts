export default async function main() {
  const source = { date: new Date(0), list: [1, { a: [null] }], text: 'x', nested: new Map([[1, new Set([2])]]) };
  const clone = structuredClone(source);
  await null;
  clone.list.push(3);
  const json = JSON.parse(JSON.stringify(source));
  await null;
  return { source, clone, json };
}
