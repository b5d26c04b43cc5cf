export default async function main() {
  const formats = [
    new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }),
    new Intl.NumberFormat('en-IN', { maximumFractionDigits: 1 }),
    new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long', signDisplay: 'always' }),
    new Intl.NumberFormat('fr', { style: 'unit', unit: 'kilometer-per-hour', unitDisplay: 'long' }),
    new Intl.NumberFormat('ar-u-nu-arab', { minimumIntegerDigits: 3, useGrouping: false }),
    new Intl.NumberFormat('en', { style: 'percent', roundingMode: 'floor', minimumSignificantDigits: 3 }),
    new Intl.NumberFormat('en', { style: 'currency', currency: 'JPY', currencySign: 'accounting', roundingIncrement: 5, maximumFractionDigits: 2, minimumFractionDigits: 2 } as never),
  ];
  await null;
  return formats.map((format) => [format.format(-1234.567), format.resolvedOptions(), format.formatToParts(0.5).length]);
}
