class Base {
  protected _v = 1;
  get v() { return this._v; }
  set v(x: number) { this._v = x; }
}
class OnlyGet extends Base {
  override get v() { return super.v + 100; }
}
class OnlySet extends Base {
  override set v(x: number) { super.v = x * 2; }
}
export default async function main() {
  const g: any = new OnlyGet(), s: any = new OnlySet(), log: unknown[] = [];
  try {
    g.v = await 5;
  } catch (e: any) {
    log.push(e.constructor.name);
  }
  s.v = await 5;
  return [...log, g.v, s.v, s._v];
}
