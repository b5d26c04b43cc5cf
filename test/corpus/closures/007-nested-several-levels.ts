export default async function main() {
  const log: unknown[] = [];
  let a = 1;
  const level1 = async () => {
    let b = a + 1;
    const level2 = async () => {
      let c = b + 1;
      const level3 = async () => {
        await null;
        a++; b++; c++;
        return [a, b, c];
      };
      log.push(await level3());
      c += 10;
      return level3;
    };
    const f = await level2();
    b += 100;
    log.push(await f());
    return f;
  };
  const f = await level1();
  a += 1000;
  log.push(await f(), a);
  return log;
}
