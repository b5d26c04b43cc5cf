class Link {
  #next: Link | null;
  #name: string;
  constructor(name: string, next: Link | null = null) { this.#name = name; this.#next = next; }
  #shout(x: string) { return `${this.#name}${x}!`; }
  async walk() {
    await null;
    return [this.#next?.#name, this.#next?.#next?.#next?.#name, this.#next?.#shout(await '?'), this.#next?.#next?.#next?.#shout(await 'not evaluated')];
  }
}
export default async function main() {
  return new Link('a', new Link('b', new Link('c'))).walk();
}
