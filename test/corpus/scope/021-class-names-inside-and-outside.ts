/** The name of a class inside it is its own constant; outside, the variable may be given another value. */
export default async function main() {
  const log: unknown[] = [];
  let Node = class Node {
    next: Node | undefined;
    readonly value: number;
    constructor(value: number) {
      this.value = value;
    }
    static async chain(...values: number[]) {
      let first: Node | undefined;
      for (const value of values.reverse()) {
        const node: Node = new Node(await value);
        node.next = first;
        first = node;
      }
      return first;
    }
    get kind() {
      return this instanceof Node;
    }
  };
  const Original = Node;
  Node = class extends Original {
    override get kind() {
      return false;
    }
  } as typeof Original;
  const chain = await Node.chain(1, 2, 3);
  for (let at = chain; at; at = at.next) {
    await null;
    log.push([at.value, at.kind, at instanceof Original, at instanceof Node, at.constructor === Original]);
  }
  const own = new Node(9);
  await null;
  log.push([own.kind, own instanceof Original, Original.name, own.constructor.name]);
  return log;
}
