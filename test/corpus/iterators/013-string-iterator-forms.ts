/** Surrogate pairs, lone surrogates, String objects and combining marks, one step at a time. */
export default async function main() {
  const texts = ['', 'plain', '👩‍👧', '\uD83D', 'x\uDE00y', '\uD83D\uD83D\uDE00', 'e\u0301'];
  const log: string[][] = [];
  for (const text of texts) {
    const iterator = text[Symbol.iterator]();
    const codes: string[] = [];
    for (;;) {
      const { value, done } = iterator.next();
      if (done) break;
      codes.push([...value].map((unit) => unit.codePointAt(0)!.toString(16)).join(' '));
      await null;
    }
    log.push(codes);
  }
  const boxed = new String('ok')[Symbol.iterator]();
  boxed.next();
  await null;
  return { log, boxed: boxed.next(), tag: Object.prototype.toString.call(boxed) };
}
