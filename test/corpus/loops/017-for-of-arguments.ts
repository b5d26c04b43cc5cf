async function collect(..._: number[]) {
  const log: number[] = [];
  for (const argument of arguments as unknown as number[]) {
    await null;
    log.push(argument * 2);
  }
  return log;
}
export default async function main() {
  return collect(1, 2, 3);
}
