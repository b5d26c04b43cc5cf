export default async function main() {
  const log: string[] = ['before'];
  const value = await new Promise<string>((resolve) => setTimeout(resolve, 1, 'timer value'));
  log.push('after', value);
  return log;
}
