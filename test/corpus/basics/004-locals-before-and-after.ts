export default async function main() {
  let total = 1;
  const name = 'waymark';
  const list = [1, 2, 3];
  await null;
  total += list.length;
  list.push(total);
  await null;
  total *= list.length;
  const text = `${name}:${total}`;
  await null;
  return { total, name, list, text };
}
