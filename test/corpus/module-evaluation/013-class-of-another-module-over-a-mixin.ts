import Entity, { Keyed } from './_lib/entity.ts';
import * as models from './_lib/entity.ts';

class Person extends Entity {
  static #people: Person[] = [];
  constructor(readonly first: string) {
    super();
    Person.#people.push(this);
  }
  static all(): string[] {
    return Person.#people.map((person) => person.label());
  }
  label(): string {
    return `${this.first}@${this.id}`;
  }
}
class Company extends models.Keyed(models.Plain) {
  label = 'company';
}

export default async function run() {
  const a = new Person('Ann');
  await null;
  const c = new Company();
  const b = new Person('Bob');
  await null;
  const k = new (Keyed(Object))();
  await null;
  return [Person.all(), a.id, b.id, c.id, k.id, Entity.latest, models.default === Entity, a instanceof Entity, c instanceof models.Plain, new Person('Cy').id, Entity.latest];
}
