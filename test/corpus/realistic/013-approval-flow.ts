type Decision = { by: string; approve: boolean; note?: string };
class Inbox {
  #waiting = new Map<string, (d: Decision) => void>();
  ask(who: string): Promise<Decision> {
    const { promise, resolve } = Promise.withResolvers<Decision>();
    this.#waiting.set(who, resolve);
    return promise;
  }
  answer(who: string, approve: boolean, note?: string) {
    const resolve = this.#waiting.get(who);
    this.#waiting.delete(who);
    resolve?.({ by: who, approve, ...(note && { note }) });
    return resolve !== undefined;
  }
  get pending() { return [...this.#waiting.keys()]; }
}
async function approval(inbox: Inbox, levels: string[][], log: string[]) {
  const trail: Decision[] = [];
  levels: for (const [level, approvers] of levels.entries()) {
    log.push(`level ${level + 1}`);
    const decisions = approvers.map((who) => inbox.ask(who));
    for (const pending of decisions) {
      const decision = await pending;
      trail.push(decision);
      if (!decision.approve) {
        log.push(`rejected by ${decision.by}`);
        break levels;
      }
    }
  }
  return { approved: trail.every((d) => d.approve) && trail.length === levels.flat().length, trail };
}
export default async function main() {
  const log: string[] = [];
  const inbox = new Inbox();
  const settle = async () => { for (let i = 0; i < 5; i++) await null; };
  const first = approval(inbox, [['ann', 'bob'], ['cat']], log);
  log.push(...inbox.pending);
  inbox.answer('bob', true);
  inbox.answer('ann', true, 'fine');
  await settle();
  const early = inbox.answer('dan', true);
  inbox.answer('cat', true);
  const second = approval(inbox, [['ann'], ['cat']], log);
  inbox.answer('ann', false, 'too much');
  return { first: await first, second: await second, early, log, left: inbox.pending };
}
