export default async function main() {
  const few: any = [1, , 3];
  few.label = 'few';
  const balanced: any = [, 'b', , 'd'];
  balanced.x = 1;
  balanced.y = 2;
  const many: any = Array.from({ length: 90 }, (_, index) => index);
  delete many[40];
  many.note = 'n';
  const hidden: any = [, 2];
  Object.defineProperty(hidden, 'secret', { value: 's' });
  await null;
  return { few, balanced, many: [many.note, 40 in many, many.length], hidden, keys: [few, balanced, hidden].map((each) => Reflect.ownKeys(each)) };
}
