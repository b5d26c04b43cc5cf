/** Collections that begin empty and are filled by code of the module level. */
const handlers: (() => string)[] = [];
const makeHandler = (name: string) => {
  let calls = 0;
  return () => `${name}${++calls}`;
};
handlers.push(makeHandler('a'));
for (const name of ['b', 'c']) handlers.push(makeHandler(name));
const byName = new Map<string, { uses: number }>();
byName.set('x', { uses: 0 });
const rows: number[][] = [];
rows[0] = [];

export default async function run() {
  const log: unknown[] = [];
  for (const handler of handlers) log.push(handler());
  for (const item of byName.values()) item.uses++;
  for (const row of rows) row.push(1);
  await null;
  for (const handler of handlers) log.push(handler());
  for (const item of byName.values()) log.push(++item.uses);
  for (const row of rows) row.push(2);
  await null;
  return [log, [...byName.values()].map(({ uses }) => uses), rows.map((row) => row.join())];
}
