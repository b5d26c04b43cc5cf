export default async function main() {
  let never;
  const u = undefined, n = null, t = true, f = false;
  const object: any = { u, n, t, f };
  const list = [undefined, null, , true];
  await null;
  return { never, u, n, t, f, object, list, hasU: 'u' in object, hole: 2 in list, notHole: 0 in list };
}
