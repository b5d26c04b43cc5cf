export default async function main() {
  const log: string[] = [];
  const play = (): void => {
    const target = new EventTarget();
    const listener = (event: Event): void => {
      log.push(`${event.type} ${event.cancelable}`);
      event.preventDefault();
    };
    target.addEventListener('x', listener);
    target.addEventListener('x', { handleEvent: (event) => void log.push(`object ${event.defaultPrevented}`) });
    target.addEventListener('x', () => void log.push('once'), { once: true });
    log.push(String(target.dispatchEvent(new Event('x', { cancelable: true }))));
    target.removeEventListener('x', listener);
    log.push(String(target.dispatchEvent(new Event('x', { cancelable: true }))));
  };
  play();
  await null;
  return log;
}
