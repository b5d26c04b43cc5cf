export default async function main() {
  const timeout = (ms: number) => new Promise<never>((_, reject) => setTimeout(reject, ms, new Error(`timeout after ${ms}`)));
  const work = async (ticks: number) => { for (let i = 0; i < ticks; i++) await null; return 'worked'; };
  const a = await Promise.race([work(3), timeout(30).catch(() => 'late')]);
  const b = await Promise.race([new Promise<string>(() => {}), timeout(2)]).catch((e: Error) => e.message);
  return [a, b];
}
