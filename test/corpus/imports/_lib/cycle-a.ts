import { isOdd, B } from './cycle-b.ts';
export async function isEven(n: number): Promise<boolean> {
  await null;
  return n === 0 ? true : isOdd(n - 1);
}
export class A {
  async name() {
    await null;
    return 'A';
  }
  partner() {
    return new B();
  }
}
export const make = () => new A();
