export default async function run() {
  const log: string[] = [];
  const machine = async (text: string): Promise<string> => {
    let out = '';
    let depth = 0;
    let i = 0;
    outer: while (true) {
      const c = await text[i++];
      switch (c) {
        case undefined:
          break outer;
        case '(':
          depth++;
          inner: switch (await text[i]) {
            case ')':
              log.push(`empty at ${i}`);
              break inner;
            case '(':
              log.push(`nested at ${i}`);
            // falls through
            case 'x':
              log.push(`x or nested at ${i}`);
              continue outer;
            default:
              break;
          }
          out += '[';
          break;
        case ')':
          if (--depth < 0) {
            log.push('too many');
            break outer;
          }
          out += ']';
          continue;
        default:
          switch (true) {
            case c! >= '0' && c! <= '9': {
              let n = 0;
              do n = n * 10 + Number(text[i - 1]);
              while ((await text[i]) !== undefined && /\d/.test(text[i]!) && i++ >= 0);
              if (n === 42) continue outer;
              out += `<${n}>`;
              break;
            }
            case c === '!':
              return `${out}!`;
            default:
              out += c;
          }
      }
      log.push(`${i}:${depth}`);
    }
    return out;
  };
  const results: string[] = [];
  for (const text of ['a(b)c', '()((x))', '12a42b7', 'a)b', 'q!r']) results.push(await machine(text));
  return [results, log];
}
