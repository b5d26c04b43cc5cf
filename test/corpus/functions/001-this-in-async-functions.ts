async function whoAmI(this: any, greeting: string) {
  await null;
  return `${greeting} ${this === undefined ? 'undefined' : this.name}`;
}
export default async function main() {
  const object = { name: 'object', whoAmI };
  const unbound = object.whoAmI;
  return [
    await whoAmI.call({ name: 'called' }, 'a'),
    await whoAmI.apply({ name: 'applied' }, ['b']),
    await object.whoAmI('c'),
    await unbound.call(undefined, 'd'),
    await (whoAmI as any)('e'),
    await (whoAmI as any).call(5, 'f'),
    await (0, object.whoAmI as any)('g'),
  ];
}
