type Constructor<T = {}> = new (...args: any[]) => T;
class Plain {
  constructor(public id: number) {}
}
class Walker extends Plain {
  async walk() { await null; return `${this.id} walks`; }
}
const methods = {
  async swim(this: Plain) { await null; return `${this.id} swims`; },
};
Object.assign(Walker.prototype, methods);
const K: Constructor<Walker> = Walker;
export default async function main() {
  const w: any = new K(7);
  await null;
  return [await w.walk(), await w.swim(), w];
}
