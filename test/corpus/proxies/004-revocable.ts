export default async function main() {
  const { proxy, revoke } = Proxy.revocable<any>({ a: 1 }, {});
  const other = Proxy.revocable<any>(() => 1, {});
  other.revoke();
  await null;
  const before = proxy.a;
  revoke();
  revoke();
  await null;
  const attempts = [() => proxy.a, () => other.proxy(), () => Object.keys(proxy)].map((attempt) => {
    try {
      return attempt();
    } catch (error: any) {
      return error.constructor.name;
    }
  });
  return { before, attempts, types: [typeof proxy, typeof other.proxy] };
}
