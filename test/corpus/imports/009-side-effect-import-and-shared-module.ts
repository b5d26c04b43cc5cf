import './_lib/counter.ts';
import { increase } from './_lib/counter.ts';
import { count as seen } from './_lib/counter-reader.ts';
export default async function main() {
  increase(5);
  await null;
  increase(1);
  return [seen()];
}
