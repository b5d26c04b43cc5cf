const routes = { home: '/', user: '/user' } as const satisfies Record<string, `/${string}`>;
export default async function main() {
  const map = new Map([['k', { deep: [1] as number[] | undefined }]]);
  const a = (await map.get('k')!)!.deep![0]!;
  const b = (await routes.user) satisfies string;
  let c!: number;
  const set = () => { c = a + 1; };
  await null;
  set();
  map.get('k')!.deep![0]! += await 5;
  (map.get('k') as any).extra = await 'e';
  return [a, b, c, map.get('k')];
}
