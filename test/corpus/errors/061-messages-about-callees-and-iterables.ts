const log: string[] = [];
const attempt = async (run: () => unknown) => {
  try {
    log.push(String(await run()));
  } catch (error) {
    log.push((error as Error).message);
  }
};

export default async function run() {
  const five: any = 5;
  const list: any = [1, { deep: 2 }];
  const table: any = { 'a-b': 1, row: { id: 7 } };
  const make: any = () => ({ value: 3 });
  const name = 'row';
  await attempt(async () => list[0](await 1));
  await attempt(async () => list[1].deep(await 1));
  await attempt(async () => table['a-b'](await 1));
  await attempt(async () => table[name](await 1));
  await attempt(async () => table[name].id(await 1));
  await attempt(async () => table[await 'row']());
  await attempt(async () => make()(await 1));
  await attempt(async () => make().value(await 1));
  await attempt(async () => make(1, 2).missing(await 1));
  await attempt(async () => {
    for (const x of five) log.push(await x);
  });
  await attempt(async () => {
    for (const x of table.row) log.push(await x);
  });
  await attempt(async () => {
    for (const x of make()) log.push(await x);
  });
  await attempt(async () => {
    for await (const x of table.row.id) log.push(x);
  });
  await attempt(async () => {
    for await (const x of make(five)) log.push(x);
  });
  await attempt(async () => {
    const [x = await 1] = five;
    return x;
  });
  await attempt(async () => {
    for (const x of null as any) log.push(await x);
  });
  return log;
}
