function* plain() {
  yield 1;
}
class Holder {
  *method() {}
}
const object = { *method() {} };

export default async function main() {
  const errors: unknown[] = [];
  const local = function* named() {};
  for (const fn of [plain, Holder.prototype.method, object.method, local]) {
    await null;
    try {
      errors.push(new (fn as never)());
    } catch (error) {
      errors.push((error as Error).name);
    }
    try {
      errors.push(Reflect.construct(Object, [], fn));
    } catch (error) {
      errors.push((error as Error).name);
    }
  }
  return errors;
}
