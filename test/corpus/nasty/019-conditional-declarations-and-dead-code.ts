export default async function main() {
  const log: unknown[] = [];
  const f = async (n: number) => {
    if (n === 0) return 'zero';
    while (true) {
      if ((await n--) === 2) return 'two';
      if (n < 0) break;
    }
    for (;;) {
      try {
        throw n;
      } catch (e) {
        if (await true) return `caught ${e}`;
        log.push('dead');
      }
    }
    log.push('dead');
    await null;
  };
  const g = async () => {
    return await 1;
    await log.push('dead');
    var hoisted;
    function inner() { return hoisted; }
    return inner();
  };
  return [await f(0), await f(3), await f(1), await g(), log];
}
