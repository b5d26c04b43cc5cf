/** Objects with a Symbol.matchAll of their own, and RegExp.prototype[Symbol.matchAll] called directly. */
export default async function main() {
  const log: string[] = [];
  const custom = {
    [Symbol.matchAll](text: string) {
      log.push(`custom ${text}`);
      return ['m1', 'm2'].values();
    },
  };
  const own = 'subject'.matchAll(custom as never) as unknown as Iterator<string>;
  own.next();
  await null;
  const direct = /b/g[Symbol.matchAll]('abab');
  direct.next();
  await null;
  const once = /b/[Symbol.matchAll]('abab');
  const flags = { flags: 'g' };
  await null;
  const called = RegExp.prototype[Symbol.matchAll].call(/a/g, 'aXa');
  await null;
  const optional = (undefined as string | undefined)?.matchAll(/x/g);
  const chained = ('x-x' as string | undefined)?.matchAll(/x/g).map((match) => match.index);
  await null;
  return {
    own: own.next(),
    direct: [...direct].map((match) => match.index),
    once: [...once].length,
    called: [...called].map((match) => match.index),
    optional,
    chained: [...chained!],
    flags,
    log,
  };
}
