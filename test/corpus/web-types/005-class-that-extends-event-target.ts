class Bus extends EventTarget {
  sent = 0;
  send(name: string): this {
    this.sent++;
    this.dispatchEvent(new Event(name));
    return this;
  }
}

export default async function main() {
  const bus = new Bus();
  const log: string[] = [];
  bus.addEventListener('a', (event) => log.push(`${event.type} ${(event.target as Bus).sent}`));
  await null;
  bus.send('a').send('b');
  await null;
  bus.send('a');
  return [log, bus.sent, bus instanceof Bus];
}
