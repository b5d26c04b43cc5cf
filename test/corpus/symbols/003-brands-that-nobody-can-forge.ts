const brand = Symbol('brand');

function seal(value: number) {
  return { [brand]: true, value };
}

const isSealed = (candidate: any): boolean => candidate?.[brand] === true;

export default async function main() {
  const real = seal(1);
  const forged = { [Symbol('brand')]: true, value: 1 };
  await null;
  const checks = [isSealed(real), isSealed(forged), isSealed(null)];
  await null;
  return [checks, isSealed({ ...real }), Reflect.ownKeys(real)[1] === brand];
}
