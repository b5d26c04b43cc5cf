export default async function main() {
  const cleaned: string[] = [];
  const registry = new FinalizationRegistry<string>((held) => cleaned.push(held));
  const target = {};
  const token = {};
  registry.register(target, 'target', token);
  registry.register(target, 'again');
  await null;
  const first = registry.unregister(token);
  const second = registry.unregister(token);
  let error = '';
  try {
    registry.register(target, target as never);
  } catch (caught: any) {
    error = caught.constructor.name;
  }
  await null;
  return [first, second, registry.unregister({}), error, Object.prototype.toString.call(registry), cleaned, typeof target];
}
