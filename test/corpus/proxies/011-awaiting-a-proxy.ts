export default async function main() {
  const asked: string[] = [];
  const quiet = new Proxy({ value: 1 }, { get: (target: any, key) => (asked.push(String(key)), target[key]) });
  const result: any = await quiet;
  const thenable = new Proxy({} as any, {
    get: (_target, key) => (key === 'then' ? (resolve: (value: string) => void) => resolve('from then') : undefined),
  });
  const settled = await thenable;
  return { same: result === quiet, asked, settled };
}
