export default async function main() {
  const log: string[] = [];
  const noisy = (name: string, keys: string[]) => Object.defineProperties({}, Object.fromEntries(keys.map((k) => [k, { enumerable: true, get() { log.push(`${name}.${k}`); return `${name}${k}`; } }])));
  const r = { ...noisy('a', ['x', 'y']), x: await 'overridden', ...(await noisy('b', ['y'])), ...(await null), ...(await 'hi'), ...(await [7]), ...(await 5) } as any;
  const { x, ...rest } = { ...noisy('c', ['x', 'z']) } as any;
  await null;
  return { log, r, x, rest };
}
