class Database {
  private constructor(readonly name: string, readonly tables: string[]) {}
  static async open(name: string) {
    const tables = await this.load(name);
    return new this(name, tables);
  }
  private static async load(name: string) {
    await null;
    return [`${name}.a`, `${name}.b`];
  }
  async close() {
    await null;
    return this.tables.splice(0).length;
  }
}
export default async function main() {
  const db = await Database.open('main');
  const before = [...db.tables];
  return { is: db instanceof Database, before, closed: await db.close(), after: db.tables };
}
