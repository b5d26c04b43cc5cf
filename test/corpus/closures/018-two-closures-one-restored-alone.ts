export default async function main() {
  const make = () => {
    let shared = { n: 0 };
    return [() => ++shared.n, () => (shared = { n: 100 })] as const;
  };
  const [up, replace] = make();
  await null;
  const a = up();
  await null;
  replace();
  await null;
  return [a, up(), up()];
}
