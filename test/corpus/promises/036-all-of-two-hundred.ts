export default async function main() {
  const order: number[] = [];
  const values = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      if (n % 3 === 0) await null;
      if (n % 70 === 0) order.push(n);
      return n;
    }),
  );
  await null;
  return { sum: values.reduce((sum, n) => sum + n), order, last: values.at(-1) };
}
