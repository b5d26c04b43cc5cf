export default async function main() {
  const log: string[] = [];
  loop: for (const step of ['a', 'skip', 'b', 'stop', 'c']) {
    switch (step) {
      case 'skip':
        await null;
        continue;
      case 'stop':
        break loop;
      case 'a':
        log.push('is a');
        break;
      default:
        switch (await step) {
          case 'b':
            log.push('is b');
            break;
        }
        log.push('after inner');
    }
    log.push(`end ${step}`);
  }
  return log;
}
