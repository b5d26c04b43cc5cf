async function classify(n: number): Promise<string> {
  if ((await n) < 0) {
    await null;
    return 'negative';
  } else if (n === (await 0)) {
    return 'zero';
  } else {
    const even = (await (n % 2)) === 0;
    if (even) return await 'even';
    else return 'odd';
  }
}

export default async function main() {
  return [await classify(-3), await classify(0), await classify(4), await classify(7)];
}
