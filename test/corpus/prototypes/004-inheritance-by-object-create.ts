function Animal(this: any, name: string) {
  this.name = name;
}
Animal.prototype.speak = function (this: any) {
  return `${this.name} makes a sound`;
};
function Dog(this: any, name: string) {
  (Animal as any).call(this, name);
}
Dog.prototype = Object.create(Animal.prototype);
Dog.prototype.constructor = Dog;
Dog.prototype.speak = function (this: any) {
  return `${Animal.prototype.speak.call(this)}: woof`;
};

export default async function main(): Promise<unknown> {
  const rex = new (Dog as any)('Rex');
  const cat = new (Animal as any)('Tom');
  await null;
  const log: unknown[] = [rex.speak(), cat.speak()];
  await null;
  log.push(rex instanceof (Dog as any), rex instanceof (Animal as any), cat instanceof (Dog as any));
  log.push(Object.getPrototypeOf(Object.getPrototypeOf(rex)) === Animal.prototype, rex.constructor === Dog);
  return log;
}
