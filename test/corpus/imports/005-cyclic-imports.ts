import { isEven, make } from './_lib/cycle-a.ts';
export default async function main() {
  const a = make();
  await null;
  return [await isEven(4), await isEven(7), await a.name(), a.partner().constructor.name];
}
