class Settings {
  static mode = 'open';
  size() {
    return 3;
  }
}

export default async function main(): Promise<unknown> {
  Settings.mode = 'closing';
  await null;
  Object.freeze(Settings);
  Object.seal(Settings.prototype);
  await null;
  const log: string[] = [];
  for (const change of [
    () => (Settings.mode = 'open'),
    () => ((Settings as any).other = 1),
    () => ((Settings.prototype as any).more = 1),
  ]) {
    try {
      change();
      log.push('changed');
    } catch (error) {
      log.push((error as Error).name);
    }
    await null;
  }
  return [log, Settings.mode, Object.isFrozen(Settings), Object.isSealed(Settings.prototype), new Settings().size()];
}
