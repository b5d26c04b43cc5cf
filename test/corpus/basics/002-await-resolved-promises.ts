export default async function main() {
  const first = await Promise.resolve(10);
  const second = await Promise.resolve(Promise.resolve(first + 1));
  return { first, second };
}
