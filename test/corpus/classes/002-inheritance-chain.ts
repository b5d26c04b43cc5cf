class Animal {
  constructor(public name: string) {}
  async speak() {
    await null;
    return `${this.name} makes a sound`;
  }
}
class Dog extends Animal {
  tricks: string[] = [];
  constructor(name: string, public age: number) {
    super(name);
    this.tricks.push('sit');
  }
  override async speak() {
    return `${await super.speak()}: woof`;
  }
}
class Puppy extends Dog {
  override async speak() {
    const loud = await super.speak();
    return `${loud}!`;
  }
}
export default async function main() {
  const puppy = new Puppy('Rex', 1);
  await null;
  const speech = await puppy.speak();
  return { speech, puppy, chain: [puppy instanceof Puppy, puppy instanceof Dog, puppy instanceof Animal], generic: await Animal.prototype.speak.call(puppy) };
}
