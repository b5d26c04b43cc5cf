export default async function main() {
  const log: string[] = [];
  const timer = setTimeout(() => log.push('must not run'), 3);
  const holder = { timer };
  await null;
  clearTimeout(holder.timer);
  clearTimeout(undefined);
  await new Promise((resolve) => setTimeout(resolve, 8));
  log.push('end');
  return log;
}
