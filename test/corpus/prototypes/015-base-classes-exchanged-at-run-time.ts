// Object.setPrototypeOf on classes and their prototypes of a module, directly and through a function.
class Cat {
  static kind = () => 'cat';
  speak() {
    return 'meow';
  }
}
class Dog {
  static kind = () => 'dog';
  speak() {
    return 'woof';
  }
}
class Pet extends Cat {
  name = 'Sam';
  speak() {
    return `${this.name}: ${super.speak()}`;
  }
}
class Robot {
  id = 7;
}
function turnInto(target: any, base: any): void {
  Object.setPrototypeOf(target, base);
  Object.setPrototypeOf(target.prototype, base.prototype);
}

export default async function run() {
  const log: unknown[] = [];
  const pet = new Pet();
  log.push(pet.speak(), Pet.kind());
  await null;
  Object.setPrototypeOf(Pet.prototype, Dog.prototype);
  await null;
  log.push(pet.speak(), Pet.kind(), pet instanceof Cat, pet instanceof Dog);
  turnInto(Robot, Pet);
  await null;
  const robot: any = new Robot();
  log.push(robot.speak(), (Robot as any).kind(), robot instanceof Dog, Object.keys(robot));
  Object.setPrototypeOf(Robot.prototype, null);
  await null;
  log.push('speak' in robot, robot instanceof Object, (Robot as any).kind(), Object.getPrototypeOf(Robot) === Pet);
  return log;
}
