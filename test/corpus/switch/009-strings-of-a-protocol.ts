/** A parser of lines as a switch with nested switches, whose cases suspend, continue the loop and leave it by label. */
export default async function main() {
  const input = ['SET a 1', 'GET a', 'MULTI', 'SET a 2', 'SET b 3', 'DISCARD', 'GET b', 'MULTI', 'SET b 4', 'EXEC', 'GET b', 'WHAT', 'QUIT', 'GET a'];
  const data = new Map<string, string>();
  const out: string[] = [];
  let queued: string[] | undefined;
  session: for (const line of input) {
    const [verb, key = '', value = ''] = line.split(' ');
    switch (verb) {
      case 'QUIT':
        out.push('bye');
        break session;
      case 'MULTI':
        queued = [];
        continue;
      case 'DISCARD':
      case 'EXEC': {
        const list = queued ?? [];
        queued = undefined;
        if (verb === 'DISCARD') break;
        for (const each of list) {
          await null;
          const [, k, v] = each.split(' ');
          data.set(k!, v!);
        }
        out.push(`applied ${list.length}`);
        break;
      }
      case 'SET':
        switch (queued) {
          case undefined:
            data.set(key, await value);
            out.push('ok');
            break;
          default:
            queued.push(line);
            continue session;
        }
        break;
      case 'GET':
        out.push((await data.get(key)) ?? 'nil');
        break;
      default:
        out.push(`unknown ${await verb}`);
    }
    out.push('.');
  }
  return { out, data };
}
