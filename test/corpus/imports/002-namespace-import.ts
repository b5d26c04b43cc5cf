import * as arithmetic from './_lib/arithmetic.ts';
export default async function main() {
  const held = { arithmetic, f: arithmetic.double };
  await null;
  return [await held.arithmetic.default(1), await held.f(4), held.arithmetic === arithmetic, Object.keys(arithmetic), arithmetic[await 'PI' as 'PI']];
}
