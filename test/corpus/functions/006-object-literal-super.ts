const base = {
  async describe(x: string) {
    await null;
    return `base ${x} ${(this as any).name}`;
  },
  get kind() {
    return `kind of ${(this as any).name}`;
  },
};
export default async function main() {
  const object: any = {
    __proto__: base,
    name: 'derived',
    async describe(x: string) {
      const inherited = await (super.describe as any)(x);
      const arrow = async () => {
        await null;
        return [super.kind, await (super.describe as any)('from arrow')];
      };
      return [inherited, ...(await arrow()), super.toString === Object.prototype.toString];
    },
  } as any;
  return object.describe('argument');
}
