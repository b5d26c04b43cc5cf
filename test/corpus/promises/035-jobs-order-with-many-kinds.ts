export default async function main() {
  const log: string[] = [];
  const say = (x: string) => () => void log.push(x);
  const f = async () => { say('f1')(); await g(); say('f2')(); return h(); };
  const g = async () => { say('g1')(); await undefined; say('g2')(); };
  const h = async () => { say('h1')(); try { await Promise.reject(1); } catch { say('h2')(); } finally { await null; say('h3')(); } };
  const all = [f().then(say('f done')), new Promise<void>((r) => { say('executor')(); r(); }).then(say('n1')).then(say('n2')).then(say('n3')).then(say('n4')).then(say('n5')).then(say('n6'))];
  queueMicrotask(say('micro 1'));
  queueMicrotask(() => { say('micro 2')(); queueMicrotask(say('micro 3')); });
  say('sync end')();
  await Promise.all(all);
  return log;
}
