/** A function that calls the helper it runs in; the helper is finished afterwards or not, as natively. */
export default async function main() {
  const log: string[] = [];
  const attempt = (name: string, act: () => unknown) => {
    try {
      log.push(`${name} ${JSON.stringify(act())}`);
    } catch (error) {
      log.push(`${name} ${(error as Error).name}: ${(error as Error).message}`);
    }
  };
  const box: { helper?: IteratorObject<number> } = {};
  box.helper = [1, 2, 3, 4].values().map((value) => {
    if (value === 2) attempt('inner next', () => box.helper!.next());
    if (value === 3) attempt('inner return', () => box.helper!.return!());
    return value;
  });
  for (let step = 0; step < 6; step++) {
    await null;
    attempt(`step ${step}`, () => box.helper!.next());
  }
  const strict: { helper?: IteratorObject<number> } = {};
  strict.helper = [1, 2].values().filter(() => strict.helper!.next().done!);
  await null;
  attempt('strict', () => strict.helper!.next());
  await null;
  attempt('after', () => strict.helper!.next());
  return log;
}
