export default async function main() {
  const fixed = Object.defineProperty([1, 2], 'length', { writable: false });
  const far: any[] = [];
  far[4_294_967_294 - 1] = 'far';
  far[3] = 'near';
  const negative: any = [0];
  negative[-1] = 'minus';
  negative['01'] = 'text';
  await null;
  let error = '';
  try {
    fixed.push(3);
  } catch (caught: any) {
    error = caught.constructor.name;
  }
  await null;
  far.length = 10;
  return [fixed, error, far.length, Object.keys(far), negative[-1], negative['01'], negative.length, Object.keys(negative)];
}
