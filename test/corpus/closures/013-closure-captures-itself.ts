export default async function main() {
  const log: number[] = [];
  const countdown = async (n: number): Promise<string> => {
    log.push(n);
    await null;
    return n > 0 ? countdown(n - 1) : 'end';
  };
  const node: any = { next: null, read: () => node.next === node };
  node.next = node;
  await null;
  return { r: await countdown(3), log, cyclic: node.read() };
}
