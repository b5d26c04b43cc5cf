export default async function main() {
  const date = new Date(1e12);
  const map = new Map([['k', { date }]]);
  const error = new Error('held');
  const read = () => [date.getTime(), map.get('k')!.date === date, error.message, re.lastIndex];
  const re = /x/g;
  re.test('xx');
  await null;
  const a = read();
  date.setTime(5);
  await null;
  return [a, read()];
}
