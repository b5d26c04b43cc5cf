export default async function main() {
  const log: unknown[] = [];
  let x = 0;
  { let x = 1; { let x = 2; await null; { let x = 3; { let x = 4; { let x = 5; await null; { let x = 6; { let x = 7; { const f = () => x; { let x = 8; await null; log.push(f(), x); x++; log.push(x); } log.push(x); } } } x *= 10; log.push(x); } log.push(x); } await null; log.push(x); } log.push(x); } log.push(x); }
  log.push(x);
  if (await true) { if (await true) { while (await true) { for (const y of [1]) { try { switch (y) { case 1: { label: { log.push('deep'); if (await true) break label; } } } } finally { log.push('out'); } } break; } } }
  return log;
}
