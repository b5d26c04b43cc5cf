/** Indices of an array that is spliced, shortened and filled while for-in goes over it. */
export default async function main() {
  const list = ['a', 'b', 'c', 'd', 'e'];
  const seen: string[] = [];
  for (const index in list) {
    seen.push(`${index}${list[Number(index)]}`);
    await null;
    if (index === '1') list.splice(0, 2);
    if (index === '2') list.push('f', 'g');
  }
  const holes = [1, 2, 3, 4];
  for (const index in holes) {
    await null;
    seen.push(index);
    if (index === '0') delete holes[2];
    if (index === '1') holes[2] = 9;
    if (index === '2') delete holes[3];
  }
  return { seen, list, holes };
}
