export default async function main() {
  let count = 0;
  const values: Record<string, string> = { name: 'Ada', place: 'London' };
  const filled = '{name} of {place} and {nobody}'.replace(/\{(\w+)\}/g, (whole, key: string, offset: number) => {
    count += offset;
    return values[key] ?? whole;
  });
  await null;
  const named = '2024-05-06'.replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/, (...args) => {
    const groups = args.at(-1) as Record<string, string>;
    return `${groups['d']}.${groups['m']}.${groups['y']}`;
  });
  return { filled, count, named };
}
