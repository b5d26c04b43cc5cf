export default async function main() {
  const controller = new AbortController();
  const log: string[] = [];
  const listener = {
    count: 0,
    handleEvent() {
      log.push(`object ${++this.count}`);
    },
  };
  const gone = () => log.push('gone');
  controller.signal.addEventListener('abort', gone);
  controller.signal.addEventListener('abort', listener);
  await null;
  controller.signal.removeEventListener('abort', gone);
  controller.signal.onabort = () => log.push('replaced');
  controller.signal.onabort = null;
  await null;
  controller.abort();
  return [log, listener.count, controller.signal.onabort];
}
