export default async function main(): Promise<unknown> {
  function Pool(this: any) {
    Pool.made++;
    Pool.all.push(this);
  }
  Pool.made = 0;
  Pool.all = [] as unknown[];
  const Make = Pool as any;
  new Make();
  await null;
  const second = new Make();
  Pool.made += 10;
  await null;
  return [Pool.made, Pool.all.length, Pool.all[1] === second, Object.keys(Pool)];
}
