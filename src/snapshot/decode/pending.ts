/** Stands for an object that can be made only when others exist: a closure, a user type's instance, a closure's prototype. */
export class Pending {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}
