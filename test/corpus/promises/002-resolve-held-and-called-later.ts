export default async function main() {
  const log: string[] = [];
  let open!: (value: string) => void;
  const gate = new Promise<string>((resolve) => (open = resolve));
  const waiter = async (name: string) => {
    log.push(`${name} waits`);
    log.push(`${name} got ${await gate}`);
  };
  const waiters = [waiter('a'), waiter('b')];
  await null;
  log.push('opening');
  open('gate value');
  log.push('opened');
  await Promise.all(waiters);
  return log;
}
