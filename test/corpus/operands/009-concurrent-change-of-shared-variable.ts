export default async function main() {
  let total = 0;
  const lost = async (n: number) => { total = total + (await n); };
  const kept = async (n: number) => { const value = await n; total = total + value; };
  await Promise.all([lost(1), lost(10), lost(100)]);
  const afterLost = total;
  total = 0;
  await Promise.all([kept(1), kept(10), kept(100)]);
  return { afterLost, afterKept: total };
}
