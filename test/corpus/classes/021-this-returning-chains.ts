class Query {
  parts: string[] = [];
  where(x: string) { this.parts.push(`where ${x}`); return this; }
  limit(n: number) { this.parts.push(`limit ${n}`); return this; }
  async run() { await null; return this.parts.join(' '); }
}
export default async function main() {
  const q = new Query();
  return [await q.where(await 'a').limit(await 5).where('b').run(), (await q.where('c')).limit(1) === q, q.parts.length];
}
