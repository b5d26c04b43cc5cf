/** Timers in their order, and the time that a script sees. */
import { sleep } from 'waymark';

export default async function timers() {
  const start = Date.now();
  const seen: string[] = [];
  const note = (name: string) => seen.push(`${name} ${Date.now() - start}`);
  const ticks = setInterval(() => {
    note('tick');
    if (seen.filter((line) => line.startsWith('tick')).length === 3) clearInterval(ticks);
  }, 1000);
  setTimeout(note, 2500, 'late');
  setTimeout(note, 10, 'early');
  const cleared = setTimeout(note, 20, 'never');
  clearTimeout(cleared);
  await Promise.all([
    sleep('1d').then(() => note('day')),
    sleep.until(new Date(start + 5)).then(() => note('soon')),
  ]);
  const date = new Date();
  return {
    seen,
    date: date.toISOString(),
    text: typeof Date(),
    is: date instanceof Date,
    utc: Date.UTC(2030, 0),
  };
}
