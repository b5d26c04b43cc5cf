import { checkpoint } from 'waymark';
async function deep(n: number, log: string[]): Promise<number> {
  log.push(`down ${n}`);
  if (n > 0) {
    const value = (await deep(n - 1, log)) + 1;
    log.push(`up ${n}`);
    return value;
  }
  const same = () => 100;
  return await checkpoint({ commit: same, recover: same });
}
export default async function main() {
  const log: string[] = [];
  return [await deep(3, log), log];
}
