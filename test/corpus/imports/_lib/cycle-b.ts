import { isEven, A } from './cycle-a.ts';
export async function isOdd(n: number): Promise<boolean> {
  return n === 0 ? false : await isEven(n - 1);
}
export class B {
  partner() {
    return new A();
  }
}
