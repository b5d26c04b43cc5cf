function sync(this: any, a: number) {
  const values = [a];
  const work = async () => {
    await null;
    values.push(a++, arguments.length, this?.tag);
    return values;
  };
  return { p: work(), again: work, bump: () => ++a };
}
export default async function main() {
  const r = sync.call({ tag: 'T' }, 5);
  r.bump();
  await r.p;
  return [await r.again(), r.bump()];
}
