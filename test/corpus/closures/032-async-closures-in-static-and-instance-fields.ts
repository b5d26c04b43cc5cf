class Plugins {
  static readonly builtIn = { upper: async (s: string) => (await s).toUpperCase(), bang: async (s: string) => `${await s}!` };
  readonly own = Object.values(Plugins.builtIn);
  run = async (s: string) => {
    for (const f of this.own) s = await f(s);
    return s;
  };
}
export default async function main() {
  const p = new Plugins();
  p.own.push(async (s) => s + (await p.own.length));
  const { run } = p;
  await null;
  return [await run('hey'), await Plugins.builtIn.bang('x'), p.own[0] === Plugins.builtIn.upper];
}
