export default async function main() {
  const log: string[] = [];
  const debounce = (f: (x: string) => void) => {
    let latest = 0;
    return async (x: string) => {
      const mine = ++latest;
      await null;
      await null;
      if (mine === latest) f(x);
      else log.push(`dropped ${x}`);
    };
  };
  const save = debounce((x) => log.push(`saved ${x}`));
  const pending = [save('a'), save('b')];
  await null;
  pending.push(save('c'));
  await Promise.all(pending);
  await save('d');
  return log;
}
