export default async function main() {
  let n = 0;
  const up = () => ++n;
  const upLater = async () => {
    await null;
    return ++n;
  };
  const read = () => n;
  const log = [up(), await upLater(), up(), read()];
  n = 100;
  await null;
  return [...log, read(), await upLater(), n];
}
