export default async function main(): Promise<unknown> {
  class Person {
    friends = new Set<Person>();
    #best: Person | undefined;
    constructor(readonly name: string) {}
    befriend(other: Person) {
      this.friends.add(other);
      other.friends.add(this);
      this.#best = other;
      return this;
    }
    get best() {
      return this.#best;
    }
  }
  const ann = new Person('ann');
  const bob = new Person('bob').befriend(ann);
  ann.befriend(bob);
  const byPerson = new Map<Person, unknown[]>([[ann, [bob, ann]], [bob, []]]);
  const list = [ann, { bob, list: [ann] }] as any[];
  await null;
  list.push(byPerson.get(ann)![0]);
  await null;
  return [
    list[0] === ann,
    list[1].bob === bob,
    list[2] === bob,
    ann.best === bob && bob.best === ann,
    [...ann.friends].map(({ name }) => name),
    byPerson.get(list[1].list[0]) === byPerson.get(ann),
    byPerson.has(bob),
  ];
}
