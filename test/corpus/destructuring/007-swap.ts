export default async function main() {
  let a = 1, b = 2, c = 3;
  [a, b] = [b, a];
  [a, b, c] = [await c, await a, await b];
  const list = [1, 2, 3];
  [list[0], list[2]] = [list[2], await list[0]];
  return { a, b, c, list };
}
