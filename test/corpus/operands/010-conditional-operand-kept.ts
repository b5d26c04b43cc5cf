export default async function main() {
  let x = 1;
  const r = [
    x + (x > 0 ? await (x = 10) : 0) + x,
    x + ((x && (await (x = 20))) || 0) + x,
    x + (null ?? (await (x = 30))) + x,
    (x++, x) + (await x++) - x,
  ];
  return r;
}
