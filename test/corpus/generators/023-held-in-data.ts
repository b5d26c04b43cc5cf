function* letters(from: string): Generator<string, void, string | undefined> {
  let code = from.charCodeAt(0);
  for (;;) {
    const jump = yield String.fromCharCode(code);
    code = jump === undefined ? code + 1 : jump.charCodeAt(0);
  }
}

export default async function main() {
  const it = letters('a');
  const state = { it, list: [it, letters('m')], byName: new Map([['it', it]]), set: new Set([it]) };
  it.next();
  await null;
  const log = [state.list[0]!.next().value, state.byName.get('it')!.next().value, state.list[1]!.next().value];
  await null;
  log.push(it.next('x').value, state.list[1]!.next().value);
  await null;
  return { log, same: state.it === state.list[0] && state.set.has(state.byName.get('it')!), next: it.next() };
}
