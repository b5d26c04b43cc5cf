export default async function main() {
  const kept = [0n, 1n, -1n, 127n, 128n, -129n, 2n ** 31n, 2n ** 63n, -(2n ** 64n), 2n ** 200n + 1n, -(10n ** 50n)];
  await null;
  return { kept, sum: kept.reduce((a, b) => a + b), equal: kept[7] === 9223372036854775808n };
}
