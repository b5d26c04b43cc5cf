export default async function main(): Promise<unknown> {
  const List = class Node1 {
    constructor(
      readonly head: number,
      readonly tail?: Node1,
    ) {}
    push(value: number): Node1 {
      return new Node1(value, this);
    }
    static isSame(other: unknown) {
      return other === Node1;
    }
    toArray(): number[] {
      return [this.head, ...(this.tail?.toArray() ?? [])];
    }
    async last(): Promise<number> {
      await null;
      return this.tail ? this.tail.last() : this.head;
    }
    async copy(): Promise<Node1> {
      await null;
      return new Node1(this.head, this.tail && (await this.tail.copy()));
    }
  };
  const list = new List(1).push(2).push(3);
  await null;
  const copy = await list.copy();
  return [list.toArray(), await list.last(), List.isSame(List), copy instanceof List, copy.toArray(), List.name];
}
