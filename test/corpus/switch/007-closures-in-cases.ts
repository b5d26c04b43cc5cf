export default async function main() {
  const makers: (() => string)[] = [];
  for (const kind of ['a', 'b', 'a']) {
    switch (kind) {
      case 'a': {
        let n = 0;
        await null;
        makers.push(() => `a${n++}`);
        break;
      }
      case 'b':
        const text = await 'B';
        makers.push(() => text + kind);
    }
  }
  return [...makers, ...makers].map((f) => f());
}
