export default async function main() {
  const plurals = new Intl.PluralRules('ar', { type: 'cardinal' });
  const ordinals = new Intl.PluralRules('en', { type: 'ordinal', minimumFractionDigits: 1 });
  const list = new Intl.ListFormat('de', { type: 'disjunction', style: 'long' });
  const relative = new Intl.RelativeTimeFormat('es', { numeric: 'auto', style: 'short' });
  // Newer versions of Node.js also tell the notation.
  const told = (rules: Intl.PluralRules) => ({ notation: 'standard', ...rules.resolvedOptions() });
  await null;
  return [[0, 1, 2, 3, 11, 100].map((count) => plurals.select(count)), [1, 2, 3, 4].map((count) => ordinals.select(count)), list.format(['a', 'b', 'c']), relative.format(-1, 'day'), relative.format(3, 'week'), told(plurals), told(ordinals)];
}
