import increment, { double, PI as pi } from './_lib/arithmetic.ts';
export default async function main() {
  return [await increment(1), await double(await increment(2)), pi, increment.name];
}
