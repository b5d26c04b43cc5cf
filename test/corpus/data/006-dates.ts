export default async function main() {
  const date = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 123));
  const invalid = new Date(NaN);
  const far = new Date(8.64e15);
  const old = new Date(-62135596800000);
  const labelled: any = new Date(0);
  labelled.label = 'epoch';
  await null;
  date.setUTCFullYear(2025);
  await null;
  return { date, invalid, far, old, labelled, time: date.getTime(), instance: date instanceof Date };
}
