function Query(this: any, table: string) {
  this.parts = [table];
}
Query.prototype.text = function (this: any) {
  return this.parts.join(' ');
};

function install(target: any) {
  target.where = function (this: any, clause: string) {
    this.parts.push(`where ${clause}`);
    return this;
  };
}

export default async function main(): Promise<unknown> {
  const query = new (Query as any)('users');
  await null;
  install(Query.prototype);
  await null;
  query.where('a = 1');
  await null;
  return [query.text(), Object.keys(Query.prototype), query instanceof (Query as any)];
}
