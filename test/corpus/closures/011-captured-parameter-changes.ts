export default async function main() {
  const make = async (n: number, list: number[]) => {
    const read = () => n;
    const push = () => list.push(n);
    n++;
    await null;
    push();
    n++;
    list = [...list, 99];
    await null;
    push();
    return { n: read(), list };
  };
  const original = [0];
  return { result: await make(1, original), original };
}
