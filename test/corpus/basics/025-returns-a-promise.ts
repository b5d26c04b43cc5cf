async function later(x: number) {
  await null;
  return x;
}
export default async function main() {
  const plain = async () => later(1);
  const nested = async () => Promise.resolve(later(2));
  const thenable = async () => ({ then: (f: (x: number) => void) => f(3) }) as unknown as number;
  return Promise.all([plain(), nested(), thenable()]);
}
