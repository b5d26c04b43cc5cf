export default async function main() {
  const steps: string[] = [];
  let a = await 1; steps.push(`a${a}`);
  let b = a + (await 2); steps.push(`b${b}`);
  if (b > 2) { let c = await (b * 2); steps.push(`c${c}`); b = c; }
  let d = ((await b) > 5 ? [await a, await b] : []).map((x) => x * 2); steps.push(`d${d}`);
  const e = { ...(await { d }), n: await d.length }; steps.push(`e${e.n}`);
  for (const f of e.d) { const g = await f; if (g > 2) { steps.push(`g${g}`); a += g; } }
  do { a--; } while ((await a) > 5);
  const h = await (async (x) => { x.push(await a); return x; })(d); steps.push(`h${h === d}`);
  label: try { if (await (a === 5)) break label; steps.push('not broken'); } finally { steps.push(`finally ${await a}`); }
  return { steps, a, b, d, e, h };
}
