export default async function main() {
  const bare: any = Object.create(null);
  bare.a = 1;
  bare['__proto__'] = 'own key';
  const parent = { inherited: 'yes', shadow: 'parent' };
  const child: any = Object.create(parent);
  child.shadow = 'child';
  const arrayLike: any = Object.create(Array.prototype);
  arrayLike.push('x');
  await null;
  parent.inherited = 'changed';
  await null;
  return { bare, proto: Object.getPrototypeOf(bare), child: [child.inherited, child.shadow, Object.getPrototypeOf(child) === parent], arrayLike: [arrayLike.length, Array.isArray(arrayLike), arrayLike instanceof Array] };
}
