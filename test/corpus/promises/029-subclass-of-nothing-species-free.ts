export default async function main() {
  const methods = ['then', 'catch', 'finally'].map((k) => typeof (Promise.prototype as any)[k]);
  const tag = Object.prototype.toString.call(Promise.resolve());
  const p: any = Promise.resolve(5);
  p.extra = 'own property';
  await null;
  let error = '';
  try {
    (Promise as any)();
  } catch (e: any) {
    error = e.constructor.name;
  }
  let error2 = '';
  try {
    new (Promise as any)(5);
  } catch (e: any) {
    error2 = e.constructor.name;
  }
  return { methods, tag, extra: p.extra, value: await p, error, error2, name: Promise.name, length: Promise.length };
}
