export default async function main() {
  const source = [1, 2];
  const list = [...source, await (async () => { source.push(99); return 3; })(), ...source];
  const object: any = { a: 1 };
  const copy = { ...object, b: await (async () => { object.a = 2; object.z = 26; return 'b'; })(), ...object };
  return { list, copy };
}
