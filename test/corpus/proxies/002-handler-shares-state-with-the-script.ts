export default async function main() {
  const changes: unknown[] = [];
  const handler: ProxyHandler<any> = {
    set: (object, key, value) => (changes.push([key, object[key], value]), Reflect.set(object, key, value)),
    deleteProperty: (object, key) => (changes.push(['delete', key]), Reflect.deleteProperty(object, key)),
  };
  const observed = new Proxy<any>({}, handler);
  observed.x = 1;
  await null;
  observed.x = 2;
  handler.deleteProperty = () => false;
  await null;
  let refused = '';
  try {
    delete observed.x;
  } catch (error: any) {
    refused = error.constructor.name;
  }
  return { changes, refused, x: observed.x };
}
