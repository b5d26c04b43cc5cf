export default async function main() {
  const target: any = { value: 1 };
  const reference = new WeakRef(target);
  target.self = reference;
  await null;
  target.value++;
  const same = reference.deref() === target;
  await null;
  return [same, reference.deref()!.value,  reference.deref()!.self === reference, reference instanceof WeakRef, Object.prototype.toString.call(reference), typeof WeakRef.prototype.deref, target.value];
}
