function makePrinter(locale: string, currency: string) {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return async (cents: number) => {
    await null;
    return format.format(cents / 100);
  };
}

export default async function main() {
  const printers = new Map([['de', makePrinter('de', 'EUR')], ['en', makePrinter('en', 'USD')]]);
  const lines: string[] = [];
  for (const [name, print] of printers) lines.push(`${name} ${await print(123456)}`);
  await null;
  lines.push(await printers.get('de')!(1));
  return lines;
}
