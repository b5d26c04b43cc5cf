/**
 * Finds the number of a list of keys within one snapshot.
 *
 * Owns a trie of key lists. It outlives a snapshot (building it again each time would cost more than the walk), so:
 * 1. A node counts for a snapshot only if its `epoch` is that snapshot's: nothing has to be cleared, and a snapshot that
 *    failed leaves nothing behind.
 * 2. At most MAX_NODES nodes are kept; then it starts afresh at the beginning of the next snapshot.
 */
const MAX_NODES = 8192;

class ShapeNode {
  readonly key: string;
  epoch = 0;
  id = 0;
  /** The first child found; most nodes have only one. */
  only: ShapeNode | undefined = undefined;
  others: Map<string, ShapeNode> | undefined = undefined;

  constructor(key: string) {
    this.key = key;
  }
}

export class ShapeTrie {
  private root = new ShapeNode('');
  private nodes = 0;
  private epoch = 0;
  private nextId = 0;

  /** Forgets all numbers. */
  begin(): void {
    this.epoch++;
    this.nextId = 0;
    if (this.nodes > MAX_NODES) {
      this.root = new ShapeNode('');
      this.nodes = 0;
    }
  }

  /** The number of the shape made of the first `count` of `keys`; negative (`-1 - number`) if it is new in this snapshot. */
  find(keys: readonly string[], count: number): number {
    let node = this.root;
    for (let index = 0; index < count; index++) {
      const key = keys[index]!;
      const only = node.only;
      node = only !== undefined && only.key === key ? only : this.child(node, key);
    }
    if (node.epoch === this.epoch) return node.id;
    node.epoch = this.epoch;
    node.id = this.nextId++;
    return -1 - node.id;
  }

  private child(node: ShapeNode, key: string): ShapeNode {
    const found = node.others?.get(key);
    if (found !== undefined) return found;
    const made = new ShapeNode(key);
    this.nodes++;
    if (node.only === undefined) node.only = made;
    else (node.others ??= new Map()).set(key, made);
    return made;
  }
}
