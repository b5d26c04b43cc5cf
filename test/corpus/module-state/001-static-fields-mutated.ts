class Registry {
  static entries: string[] = [];
  static async add(name: string) {
    await null;
    this.entries.push(name);
    return this;
  }
  static async addAll(...names: string[]) {
    for (const name of names) await this.add(name);
    return (await this.add('end')).entries.length;
  }
}
class Special extends Registry {
  static override entries = ['special'];
}
export default async function main() {
  const a = await Registry.addAll('x', 'y');
  const b = await Special.addAll('z');
  const copy = [...Registry.entries, ...Special.entries];
  return { a, b, copy };
}
