import { checkpoint } from 'waymark';
const made: Map<string, number> = Reflect.construct(Map, [[['a', 1]]]);
const keys = Reflect.ownKeys({ a: 1, b: 2 });
const names = Object.getOwnPropertyNames({ a: 1 });
const descriptors = Object.getOwnPropertyDescriptors({ a: 1 });
export default async function main() {
  made.set('b', 2); keys.push('c'); names.push('d'); descriptors.a.value = 5;
  await checkpoint();
  made.set('c', 3); keys.push('e'); names.push('f');
  await checkpoint();
  return [[...made], keys, names, descriptors.a.value];
}
