type Constructor<T = object> = new (...args: any[]) => T;
export class Plain {}
export function Keyed<B extends Constructor>(Base: B) {
  let last = 0;
  return class extends Base {
    readonly id = ++last;
    static get latest(): number {
      return last;
    }
  };
}
export default class Entity extends Keyed(Plain) {
  label(): string {
    return 'entity';
  }
}
