/**
 * Finds the number of a list of keys, and of a key among the strings, within one snapshot.
 *
 * Owns a trie of key lists. It outlives a snapshot (building it again each time would cost more than the walk), so:
 * 1. A node or key counts for a snapshot only if its `epoch` is that snapshot's: nothing has to be cleared, and a snapshot
 *    that failed leaves nothing behind.
 * 2. At most MAX_NODES nodes are kept; then it starts afresh at the beginning of the next snapshot.
 */
import { SHORT, SHORT_STRING } from './format.ts';

const MAX_NODES = 8192;

/** What is the same each time that a list of keys is written. */
interface WrittenShape {
  readonly keys: readonly ShapeKey[];
  /** The bytes of the list when all its keys are new to the snapshot; undefined if not all have the short form. */
  readonly text: Uint8Array | undefined;
}

/** A key, shared by all nodes that end in it. */
export class ShapeKey {
  readonly text: string;
  epoch = 0;
  /** Number of the string, once it has been written as a key. */
  string = 0;

  constructor(text: string) {
    this.text = text;
  }
}

export class ShapeNode {
  readonly key: ShapeKey;
  readonly parent: ShapeNode | undefined;
  epoch = 0;
  id = 0;
  /** The first child found; most nodes have only one. */
  only: ShapeNode | undefined = undefined;
  others: Map<string, ShapeNode> | undefined = undefined;
  private form: WrittenShape | undefined = undefined;

  constructor(key: ShapeKey, parent: ShapeNode | undefined) {
    this.key = key;
    this.parent = parent;
  }

  /** The list of keys that ends here. */
  written(): WrittenShape {
    if (this.form !== undefined) return this.form;
    const keys = this.parent === undefined ? [] : [this.key];
    for (let node = this.parent; node?.parent !== undefined; node = node.parent) keys.push(node.key);
    keys.reverse();
    return (this.form = { keys, text: shortForm(keys) });
  }
}

function shortForm(keys: readonly ShapeKey[]): Uint8Array | undefined {
  // A longer list has a longer count.
  if (keys.length > 0x7f) return undefined;
  const bytes = [keys.length];
  for (const { text } of keys) {
    if (text === '' || text.length >= SHORT) return undefined;
    bytes.push(SHORT_STRING + text.length);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0xff) return undefined;
      bytes.push(unit);
    }
  }
  return Uint8Array.from(bytes);
}

export class ShapeTrie {
  private root = new ShapeNode(new ShapeKey(''), undefined);
  private keys = new Map<string, ShapeKey>();
  private nodes = 0;
  /** Says which nodes and keys belong to the snapshot that is being written. */
  epoch = 0;
  private nextId = 0;

  /** Forgets all numbers. */
  begin(): void {
    this.epoch++;
    this.nextId = 0;
    if (this.nodes > MAX_NODES) {
      this.root = new ShapeNode(new ShapeKey(''), undefined);
      this.keys = new Map();
      this.nodes = 0;
    }
  }

  /** The node of the first `count` of `names`. If its epoch is not the current one, the shape is new: `number` it. */
  find(names: readonly string[], count: number): ShapeNode {
    let node = this.root;
    for (let index = 0; index < count; index++) {
      const name = names[index]!;
      const only = node.only;
      node = only !== undefined && only.key.text === name ? only : this.child(node, name);
    }
    return node;
  }

  /** Whether none of `keys` has been written as a key in this snapshot. */
  areNew(keys: readonly ShapeKey[]): boolean {
    for (const key of keys) if (key.epoch === this.epoch) return false;
    return true;
  }

  number(node: ShapeNode): void {
    node.epoch = this.epoch;
    node.id = this.nextId++;
  }

  private child(node: ShapeNode, name: string): ShapeNode {
    const found = node.others?.get(name);
    if (found !== undefined) return found;
    let key = this.keys.get(name);
    if (key === undefined) this.keys.set(name, (key = new ShapeKey(name)));
    const made = new ShapeNode(key, node);
    this.nodes++;
    if (node.only === undefined) node.only = made;
    else (node.others ??= new Map()).set(name, made);
    return made;
  }
}
