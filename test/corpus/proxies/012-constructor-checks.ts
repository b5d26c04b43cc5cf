export default async function main() {
  const attempts = [() => (Proxy as any)({}, {}), () => new Proxy(1 as never, {}), () => new Proxy({}, null as never), () => Proxy.revocable({}, undefined as never)];
  await null;
  const errors = attempts.map((attempt) => {
    try {
      return typeof attempt();
    } catch (error: any) {
      return error.constructor.name;
    }
  });
  return [errors, Proxy.length, Proxy.name, typeof Proxy.revocable, (Proxy as any).prototype];
}
