import { sleep } from 'waymark';
export default async function main() {
  const log = ['before'];
  await sleep(2);
  log.push('after');
  const naps = [sleep(20).then(() => log.push('long')), sleep(1).then(() => log.push('short'))];
  await Promise.all(naps);
  return log;
}
