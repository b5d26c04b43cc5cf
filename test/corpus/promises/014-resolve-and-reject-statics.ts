export default async function main() {
  const p = Promise.resolve(1);
  const error = new Error('e');
  const rejected = Promise.reject(error);
  const caught = await rejected.catch((e) => e);
  const wrapped: any = Promise.reject(p);
  const inner = await wrapped.catch((x: unknown) => x === p);
  return [Promise.resolve(p) === p, new Promise((r) => r(p)) === (p as any), caught === error, inner, await p];
}
