export default async function main() {
  const order: number[] = [];
  const branches = Array.from({ length: 100 }, async (_, i) => {
    for (let k = 0; k < (i * 7) % 5; k++) await null;
    order.push(i);
    return i;
  });
  const total = (await Promise.all(branches)).reduce((a, b) => a + b);
  return { total, first: order.slice(0, 25), checksum: order.reduce((h, n) => (h * 31 + n) % 1000003, 7) };
}
