function greet() { return 'hello'; }
class Shape { kind = 'shape'; }
const original = greet;
export default async function main() {
  const log: unknown[] = [greet()];
  await null;
  // @ts-ignore a function declaration is an ordinary mutable binding
  greet = () => 'replaced';
  const shape = new Shape();
  await null;
  log.push(greet(), original(), shape.kind);
  // @ts-ignore
  greet = original;
  await null;
  log.push(greet(), greet === original, shape instanceof Shape);
  return log;
}
