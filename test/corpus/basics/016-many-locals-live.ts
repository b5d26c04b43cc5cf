export default async function main() {
  const a = await 1, b = await 2, c = await 3, d = await 4, e = await 5, f = await 6;
  let g = await 7, h = await 8, i = await 9, j = await 10, k = await 11, l = await 12;
  g += a; h += b; i += c; j += d; k += e; l += f;
  await null;
  [g, h] = [h, g];
  await null;
  return { a, b, c, d, e, f, g, h, i, j, k, l };
}
