class Node2 {
  left: Node2 | undefined;
  right: Node2 | undefined;
  #count = 0;
  constructor(public value: number, public up?: Node2) {}
  async insert(value: number): Promise<this> {
    this.#count++;
    const side = value < this.value ? 'left' : 'right';
    if (this[side]) await this[side]!.insert(value);
    else this[side] = new Node2(value, await this);
    return this;
  }
  async walk(visit: (n: number, depth: number) => Promise<void>, depth = 0): Promise<void> {
    await this.left?.walk(visit, depth + 1);
    await visit(this.value, depth);
    await this.right?.walk(visit, depth + 1);
  }
  get total(): number { return this.#count + (this.left?.total ?? 0) + (this.right?.total ?? 0); }
}
export default async function main() {
  const root = new Node2(50);
  for (const n of [30, 70, 20, 40, 60, 80, 35]) await (await root.insert(n)).left?.walk(async () => {});
  const seen: string[] = [];
  await root.walk(async (n, depth) => void seen.push(await `${depth}:${n}`));
  return { seen, total: root.total, up: root.left!.right!.left!.up === root.left!.right };
}
