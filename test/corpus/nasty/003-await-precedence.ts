export default async function main() {
  const p = Promise.resolve(2);
  const o = { p, f: async () => ({ p: Promise.resolve(3) }), n: null };

  return [
    -await p, !await p, typeof await p, ~await p, void await p,
    await p + await p * await p, (await p) ** 2, await await await p,
    await p ?? 'x', await o.n ?? 'y', await p ? 'yes' : 'no', await p || 'z', await p && 'w', await p > 1, await 'p' in o, await p === 2,
    await (await o.f()).p, (await o.f()).p === await o.f(), await new Promise((r) => r(4)), await (1, p), await (async () => 5)(), typeof await async function () {},
    await /x/.test('x'), await (8) / 2 / 2, await [p][0], (await { p }.p) + 1, await `t${await p}`, `${await p}${-await p}`,
  ];
}
