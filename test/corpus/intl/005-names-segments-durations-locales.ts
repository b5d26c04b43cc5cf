export default async function main() {
  const names = new Intl.DisplayNames('de', { type: 'region', style: 'short' });
  const languages = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard', fallback: 'none' });
  const words = new Intl.Segmenter('en', { granularity: 'word' });
  const duration = new Intl.DurationFormat('en', { style: 'digital', fractionalDigits: 2 } as never);
  const locale = new Intl.Locale('zh-Hant-TW-u-ca-roc-nu-latn', { hourCycle: 'h12' });
  await null;
  return [names.of('US'), languages.of('de-CH'), languages.of('xx'), [...words.segment('Hi, you!')].map(({ segment, isWordLike }) => [segment, isWordLike]), duration.format({ hours: 1, minutes: 2, seconds: 3 } as never), locale.toString(), locale.maximize().toString(), locale.hourCycle, locale.calendar];
}
