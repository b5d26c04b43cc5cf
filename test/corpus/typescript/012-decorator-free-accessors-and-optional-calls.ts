type Handler = ((x: number) => Promise<number>) | undefined;
class Hooks {
  before?: Handler;
  after: Handler = async (x) => (await x) * 2;
}
export default async function main() {
  const hooks: Hooks = new Hooks();
  const a = await hooks.before?.(1);
  const b = await hooks.after?.(2);
  const c = (await hooks.after!(3)) as number;
  hooks.before = async (x) => x + c;
  return [a, b, c, await hooks.before?.(1)!, await hooks?.after?.(await hooks.before!(1))];
}
