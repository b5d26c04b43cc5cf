export default async function main() {
  const words = ['z', 'ä', 'a', 'Z', 'A', '10', '9', 'é', 'e'];
  const collators = [new Intl.Collator('sv'), new Intl.Collator('de', { sensitivity: 'base' }), new Intl.Collator('en', { numeric: true, caseFirst: 'upper' }), new Intl.Collator('de-u-co-phonebk'), new Intl.Collator('en', { usage: 'search', ignorePunctuation: true })];
  await null;
  return collators.map((collator) => [words.toSorted(collator.compare), collator.resolvedOptions()]);
}
