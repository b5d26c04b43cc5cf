class Session {
  static #opened = 0;
  #hits = 0;
  readonly id = ++Session.#opened;
  hit() { return ++this.#hits; }
  static opened() { return Session.#opened; }
}
const sessions = new Map<number, Session>();
let newest: Session | undefined;
function open() {
  newest = new Session();
  sessions.set(newest.id, newest);
  return newest;
}
export default async function main() {
  const a = open();
  a.hit();
  await null;
  const b = open();
  await null;
  a.hit();
  return { hits: [a.hit(), b.hit()], same: sessions.get(1) === a && newest === b, opened: Session.opened(), size: sessions.size };
}
