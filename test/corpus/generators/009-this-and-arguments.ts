const account = {
  name: 'main',
  *entries(prefix: string) {
    yield `${prefix}${this.name}`;
    const inner = () => this.name.length;
    yield inner();
    yield* this.more();
  },
  *more() {
    yield this === account;
  },
};

function* all() {
  // oxlint-disable-next-line prefer-rest-params -- what this is about
  for (let index = 0; index < arguments.length; index++) yield arguments[index];
  return arguments.length;
}

function* bare(this: unknown) {
  yield this === undefined;
  yield typeof this;
}

export default async function main() {
  const it = account.entries('> ');
  await null;
  const log: unknown[] = [it.next()];
  await null;
  log.push(it.next(), it.next(), it.next());
  const rest = (all as (...values: unknown[]) => Generator)(1, 'b', null);
  log.push(rest.next());
  await null;
  log.push([...rest]);
  log.push([...bare.call(undefined)], [...bare.call('text')]);
  const bound = account.entries.bind({ ...account, name: 'other' } as typeof account, '* ');
  log.push(bound().next().value);
  return log;
}
