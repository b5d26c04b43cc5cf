export default async function main() {
  const frozen: any = Object.freeze({ a: 1, deep: { b: 2 } });
  const sealed: any = Object.seal({ a: 1 });
  const fixed: any = Object.preventExtensions({ a: 1 });
  const frozenList: any = Object.freeze([1, 2]);
  const log: string[] = [];
  const attempt = (name: string, f: () => void) => { try { f(); log.push(`${name} allowed`); } catch (e: any) { log.push(`${name} ${e.constructor.name}`); } };
  await null;
  attempt('frozen write', () => (frozen.a = 2));
  attempt('frozen deep write', () => (frozen.deep.b = 3));
  attempt('sealed write', () => (sealed.a = 2));
  attempt('sealed delete', () => delete sealed.a);
  attempt('fixed add', () => (fixed.b = 1));
  attempt('fixed delete', () => delete fixed.a);
  attempt('frozen push', () => frozenList.push(3));
  return { log, frozen, sealed, fixed, frozenList };
}
