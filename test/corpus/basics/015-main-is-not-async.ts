async function work(n: number) {
  await null;
  return [n, n + 1];
}

export default function main() {
  return work(4).then((list) => list.concat(6));
}
