let started = 0;
class Session {
  static open: Session[] = [];
  readonly id = ++started;
  constructor() {
    Session.open.push(this);
  }
  close() {
    Session.open = Session.open.filter((session) => session !== this);
    (Session as any).closed = ((Session as any).closed ?? 0) + 1;
  }
}

export default async function main(): Promise<unknown> {
  const a = new Session();
  await null;
  const b = new Session();
  a.close();
  await null;
  return [Session.open.length, Session.open[0] === b, (Session as any).closed, started];
}
