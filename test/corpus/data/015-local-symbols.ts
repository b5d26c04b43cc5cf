export default async function main() {
  const secret = Symbol('secret');
  const bare = Symbol();
  const object: any = { [secret]: 1, [bare]: 2 };
  const map = new Map([[secret, 's']]);
  await null;
  object[secret]++;
  await null;
  return { value: object[secret], bare: object[bare], map: map.get(secret), description: secret.description, none: bare.description, keys: Object.getOwnPropertySymbols(object).length, object };
}
