async function* letters(from: string): AsyncGenerator<string, void, string | undefined> {
  let code = from.charCodeAt(0);
  for (;;) {
    const jump = yield String.fromCharCode(code);
    await null;
    code = jump === undefined ? code + 1 : jump.charCodeAt(0);
  }
}

export default async function main() {
  const it = letters('a');
  const state = { it, list: [it, letters('m')], byName: new Map([['it', it]]) };
  await it.next();
  const log = [(await state.list[0]!.next()).value, (await state.byName.get('it')!.next()).value, (await state.list[1]!.next()).value];
  log.push((await it.next('x')).value, (await state.list[1]!.next()).value);
  return { log, same: state.it === state.list[0], next: await it.next() };
}
