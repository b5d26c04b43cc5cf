export default async function main() {
  const formats = [
    new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }),
    new Intl.DateTimeFormat('en-u-ca-buddhist', { year: 'numeric', month: 'short', day: '2-digit', timeZone: 'Asia/Tokyo' }),
    new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'America/New_York', timeZoneName: 'short' }),
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23', timeZone: '+02:00' }),
    new Intl.DateTimeFormat('de', { weekday: 'long', era: 'short', dayPeriod: 'long', hour: 'numeric', timeZone: 'UTC' }),
    new Intl.DateTimeFormat('ja-JP', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  ];
  await null;
  // Which spaces stand in a range differs between versions of ICU.
  return formats.map((format) => [format.format(1e12), format.formatRange(0, 1e12).replaceAll(/\s/g, ' '), format.resolvedOptions()]);
}
