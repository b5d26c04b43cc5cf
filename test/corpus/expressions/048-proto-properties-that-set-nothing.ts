const __proto__ = async () => 5;

export default async function main() {
  const made = [
    () => ({ __proto__ }),
    () => ({ __proto__() {} }),
    () => ({ async __proto__() {} }),
    () => ({ '__proto__'() {} }),
    () => ({ ['__proto__']: 5 }),
    () => ({ __proto__: null }),
    () => ({ __proto__: () => 1 }),
  ];
  await null;
  return made.map((make) => {
    const object = make();
    const prototype = Object.getPrototypeOf(object) as { name?: string } | null;
    return [Object.keys(object), prototype === Object.prototype, prototype?.name];
  });
}
