class Odd {
  async await() { return await 'await'; }
  async async() { return await 'async'; }
  async get() { return await 'get'; }
  async set() { return await 'set'; }
  async static() { return await 'static'; }
  static async static() { return await 'static static'; }
  async new() { return await 'new'; }
  async yield() { return await 'yield'; }
  async if() { return await 'if'; }
  async 'quoted name'() { return await 'quoted'; }
  async 42() { return await 'number'; }
  async [`com${'puted'}`]() { return await 'computed'; }
  async #private() { return await 'private'; }
  private() { return this.#private(); }
  get async2() { return this.async(); }
}
export default async function main() {
  const o: any = new Odd();
  const r: unknown[] = [await Odd.static(), await o.private(), await o.async2];
  for (const k of Object.getOwnPropertyNames(Odd.prototype)) if (k !== 'constructor' && k !== 'async2') r.push(`${k}: ${await o[k]()}`);
  const { async, await: w, new: n } = o;
  return [...r, await async.call(o), await w.call(o), await n.call(o)];
}
