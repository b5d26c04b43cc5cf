function list(..._: unknown[]) { return Array.from(arguments); }
export default async function main() {
  const held = list(1, undefined, { a: 2 });
  await null;
  const proxyFree = Object.entries(Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')));
  await null;
  return { held, proxyFree };
}
