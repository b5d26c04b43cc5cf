export default async function main() {
  let alive = new Set(['1,0', '2,1', '0,2', '1,2', '2,2']);
  const key = (x: number, y: number) => `${x},${y}`;
  const neighbours = (x: number, y: number) => [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [x + dx, y + dy] as const)).filter(([a, b]) => a !== x || b !== y);
  const count = async (x: number, y: number) => {
    let n = 0;
    for (const [a, b] of neighbours(x, y)) if (alive.has(key(a, b))) n++;
    return await n;
  };
  const history: string[][] = [];
  for (let generation = 0; generation < 3; generation++) {
    const next = new Set<string>();
    const candidates = new Set([...alive].flatMap((k) => { const [x, y] = k.split(',').map(Number) as [number, number]; return [k, ...neighbours(x, y).map(([a, b]) => key(a, b))]; }));
    for (const k of candidates) {
      const [x, y] = k.split(',').map(Number) as [number, number];
      const n = await count(x, y);
      if (n === 3 || (n === 2 && alive.has(k))) next.add(k);
    }
    alive = next;
    history.push([...alive].sort());
  }
  return history;
}
