import { checkpoint, sleep } from 'waymark';
/** Sleeps of many branches wake in the order of their ends; one is raced and left behind. */
export default async function main() {
  const woken: string[] = [];
  const nap = async (name: string, ms: number) => {
    await sleep(ms);
    woken.push(name);
    return name;
  };
  const first = await Promise.race([nap('long', 60), nap('short', 1), nap('middle', 30)]);
  const early = [...woken];
  await checkpoint();
  const rest = await Promise.all([nap('next', 1), sleep(2), sleep(3)]);
  return { first, early, rest, has: woken.includes('next'), lost: woken.includes('nobody') };
}
