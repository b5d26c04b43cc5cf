/** Nothing but the elements of allSettled will settle its result, and no element was a promise. */
export default async function main() {
  const log: unknown[] = [];
  log.push(await Promise.allSettled([0]));
  log.push(await Promise.allSettled([1, 'two', null]));
  const later = async (value: number) => {
    await null;
    return value;
  };
  log.push((await Promise.allSettled([later(1), 2]))[0]);
  log.push(await later(3).then(async (value) => (await Promise.allSettled([value, later(4)])).length));
  return log;
}
