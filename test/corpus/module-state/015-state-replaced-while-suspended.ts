let settings = { retries: 1 };
async function reader(log: unknown[]) {
  const held = settings;
  await null;
  await null;
  log.push(held.retries, settings.retries, held === settings);
}
async function writer() {
  await null;
  settings = { ...settings, retries: 5 };
}
export default async function main() {
  const log: unknown[] = [];
  await Promise.all([reader(log), writer()]);
  return [...log, settings];
}
