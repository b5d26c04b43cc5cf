export default async function main() {
  let f: any;
  f ??= async () => (await 1) + 1;
  let g: any = null;
  g ||= function () {};
  let h: any;
  h = () => {};
  const { k = () => {}, l = async function () {} }: any = {};
  let m: any, o: any = {};
  [m = () => {}] = [];
  o.p = () => {};
  await null;
  return [f.name, g.name, h.name, k.name, l.name, m.name, o.p.name, await f()];
}
