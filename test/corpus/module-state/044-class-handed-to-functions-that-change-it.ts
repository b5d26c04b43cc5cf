// Nobody names the class where it is changed: parameters, results, arrows and rest parameters lead there.
class Account {
  balance = 1;
}
class Ledger {
  lines = ['opening'];
}
class Untouched {
  x = 1;
}
const stamp = (target: any, text: string): any => {
  target.stamp = text;
  return target;
};
function count(...targets: any[]): number {
  for (const target of targets) target.counted = (target.counted ?? 0) + 1;
  return targets.length;
}
function choose(first: boolean): any {
  return first ? Account : Ledger;
}
async function later(target: any, log: string[]): Promise<any> {
  await null;
  target.late = log.length;
  return target;
}

export default async function run() {
  const log: string[] = [];
  stamp(Account, 'checked');
  await null;
  log.push(`${(Account as any).stamp}`);
  count(Account, Ledger);
  await null;
  count(...[Account]);
  choose(false).chosen = 'ledger';
  await null;
  log.push(`${(Account as any).counted} ${(Ledger as any).counted} ${(Ledger as any).chosen}`);
  (await later(Ledger, log)).after = true;
  const { after, late } = Ledger as any;
  await null;
  log.push(`${after} ${late} ${(Ledger as any).after}`);
  stamp(stamp(choose(true), 'again').prototype, 'on the prototype');
  await null;
  return [log, Object.keys(Account), (new Account() as any).stamp, Object.keys(Ledger), Object.keys(Untouched), new Untouched().x];
}
