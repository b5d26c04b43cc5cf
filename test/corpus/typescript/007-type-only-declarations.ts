import type { Stats } from 'node:fs';
import { type BigIntStats } from 'node:fs';
type Both = Stats | BigIntStats;
declare const ambient: Both;
declare function external(): void;
declare global { interface Window { x: number } }
export type Exported = { a: number };
export interface AlsoExported { b: string }
export default async function main() {
  type Local = { size: number };
  interface Inner extends Local { more?: string }
  const value: Inner = { size: await 3 };
  let x: typeof ambient | typeof external | undefined;
  await null;
  return [value, x, typeof value];
}
