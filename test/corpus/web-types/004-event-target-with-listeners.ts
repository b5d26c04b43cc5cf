export default async function main() {
  const log: unknown[] = [];
  const target = new EventTarget();
  target.addEventListener('x', () => log.push('once'), { once: true });
  target.addEventListener('x', { handleEvent: (event: Event) => void log.push(['object', event.type, event.currentTarget === target]) });
  target.addEventListener('y', (event) => event.preventDefault(), { passive: true });
  const gone = () => log.push('gone');
  target.addEventListener('x', gone);
  await null;
  target.removeEventListener('x', gone);
  target.dispatchEvent(new Event('x'));
  await null;
  target.dispatchEvent(new CustomEvent('x', { detail: 1 }));
  const prevented = !target.dispatchEvent(new Event('y', { cancelable: true }));
  return [log, prevented, target instanceof EventTarget];
}
