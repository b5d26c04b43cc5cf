export default async function main() {
  const log: string[] = [];
  const source = {
    get one() {
      log.push('one');
      return 1;
    },
    get two() {
      log.push('two');
      return this.one + 1;
    },
  };
  const copy = { ...source };
  await null;
  const entries = Object.entries(source);
  const assigned = Object.assign({}, source, { three: 3 });
  return { copy, entries, assigned, log };
}
