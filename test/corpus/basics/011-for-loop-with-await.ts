export default async function main() {
  const log: string[] = [];
  for (let i = 0; i < 4; i++) {
    log.push(`begin ${i}`);
    const value = await (i * 10);
    log.push(`end ${i} ${value}`);
  }
  return log;
}
