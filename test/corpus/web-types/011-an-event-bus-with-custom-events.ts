/** CustomEvents with details, listeners as objects with state, one that stops the others, and one that is taken back. */
class Recorder {
  readonly seen: unknown[] = [];
  handleEvent(event: CustomEvent<{ n: number }>) {
    this.seen.push([event.type, event.detail.n, event.defaultPrevented]);
    if (event.detail.n === 2) event.stopImmediatePropagation();
    if (event.detail.n === 3) event.preventDefault();
  }
}
export default async function main() {
  const bus = new EventTarget();
  const [early, late] = [new Recorder(), new Recorder()];
  bus.addEventListener('tick', early as unknown as EventListenerObject);
  bus.addEventListener('tick', late as unknown as EventListenerObject);
  bus.addEventListener('tick', late as unknown as EventListenerObject);
  const results: boolean[] = [];
  for (let n = 1; n <= 4; n++) {
    await null;
    results.push(bus.dispatchEvent(new CustomEvent('tick', { detail: { n }, cancelable: true })));
    if (n === 3) bus.removeEventListener('tick', early as unknown as EventListenerObject);
  }
  return { results, early: early.seen, late: late.seen };
}
