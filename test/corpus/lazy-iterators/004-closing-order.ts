/** Who is closed, in which order, when a chain is left early, by a break, by return() and by an error of a function. */
class Source extends Iterator<number> {
  at = 0;
  constructor(
    readonly name: string,
    readonly log: string[],
  ) {
    super();
  }
  next(): IteratorResult<number> {
    this.log.push(`${this.name}.next`);
    return { value: this.at++, done: this.at > 5 };
  }
  return(): IteratorResult<number> {
    this.log.push(`${this.name}.return`);
    return { value: undefined, done: true };
  }
}
export default async function main() {
  const log: string[] = [];
  for (const value of new Source('a', log).map((each) => each * 2).filter((each) => each > 1)) {
    await null;
    log.push(`got ${value}`);
    if (value > 3) break;
  }
  const nested = new Source('b', log).flatMap(() => new Source('in', log));
  log.push(String(nested.next().value));
  await null;
  log.push(JSON.stringify(nested.return!()));
  await null;
  log.push(JSON.stringify(nested.next()));
  const failing = new Source('c', log).drop(1).map(() => {
    throw new Error('mapper');
  });
  await null;
  try {
    failing.next();
  } catch (error) {
    log.push((error as Error).message);
  }
  await null;
  const unused = new Source('d', log).take(2);
  await null;
  log.push(JSON.stringify(unused.return!()), JSON.stringify(unused.return!()));
  const limited = new Source('e', log).take(1);
  limited.next();
  await null;
  limited.next();
  await null;
  limited.next();
  return log;
}
