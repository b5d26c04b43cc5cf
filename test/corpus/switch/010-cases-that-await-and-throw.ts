class Probe {
  readonly log: string[] = [];
  async test(value: unknown): Promise<unknown> {
    this.log.push(`test ${String(value)}`);
    if (value === 'bad') throw new RangeError('bad test');
    return value;
  }
}
export default async function run() {
  const results: unknown[] = [];
  for (const input of [1, 2, 'late', 'none', 'bad', NaN]) {
    const probe = new Probe();
    let found = 'nothing';
    try {
      switch (await probe.test(input)) {
        case await probe.test(1):
          found = 'one';
          break;
        default:
          found = 'default';
          if (input === 'none') {
            found += ' kept';
            break;
          }
        // falls through
        case await probe.test(2): {
          const find = () => found;
          found += ' two';
          await null;
          found = `${find()}!`;
          break;
        }
        case (await probe.test('late'), 'late'):
          found = 'late';
          throw new TypeError(found);
        case input === 'bad' ? await probe.test('bad') : NaN:
          found = 'unreachable';
      }
    } catch (error) {
      found = `${found} ${error}`;
    } finally {
      probe.log.push(await 'end');
    }
    results.push([found, probe.log.join(',')]);
  }
  return results;
}
