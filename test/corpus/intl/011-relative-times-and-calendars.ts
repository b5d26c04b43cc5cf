const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]] as const;
class Ago {
  readonly #format: Intl.RelativeTimeFormat;
  readonly #now: number;
  constructor(locale: string, now: number) {
    this.#format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    this.#now = now;
  }
  say(at: number): string {
    const seconds = Math.round((at - this.#now) / 1000);
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1)!;
    return this.#format.format(Math.trunc(seconds / size), unit);
  }
}
async function* workdays(from: Date, holidays: ReadonlySet<string>): AsyncGenerator<Date, never> {
  for (const day = new Date(from); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const key = day.toISOString().slice(0, 10);
    if (day.getUTCDay() % 6 === 0 || holidays.has(key)) continue;
    yield new Date(day);
  }
}
export default async function run() {
  const now = Date.UTC(2024, 11, 23, 12);
  const [en, de] = [new Ago('en', now), new Ago('de', now)];
  const said: string[] = [];
  for (const offset of [0, -1, 45, -60, 3600, -86_400, 86_400 * 2, 604_800, -2_592_000 * 2, 31_536_000]) {
    said.push(en.say(now + offset * 1000), de.say(now + offset * 1000));
    await null;
  }
  const days: string[] = [];
  const short = new Intl.DateTimeFormat('en-US', { weekday: 'short', day: '2-digit', month: 'short', timeZone: 'UTC' });
  for await (const day of workdays(new Date(now), new Set(['2024-12-25', '2024-12-26', '2025-01-01']))) {
    days.push(short.format(day));
    if (days.length === 6) break;
  }
  const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'].map((timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' }));
  await null;
  const shown = zones.map((zone) => `${zone.resolvedOptions().timeZone} ${zone.format(now)}`);
  const hebrew = new Intl.DateTimeFormat('en-u-ca-hebrew', { dateStyle: 'long', timeZone: 'UTC' });
  await null;
  const spring = new Date(Date.UTC(2024, 2, 10, 6, 59));
  const ny = zones[1]!;
  const before = ny.format(spring);
  spring.setUTCMinutes(60);
  return [said, days, shown, hebrew.format(now), before, ny.format(spring), new Date('2024-02-30').getTime(), new Date(2024, 0, 31, 0, 0, 0).getDate()];
}
