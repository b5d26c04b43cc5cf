const log: string[] = [];
async function step(name: string) {
  log.push(`${name} starts`);
  await null;
  log.push(`${name} ends`);
}
export default async function main() {
  await step('a');
  await Promise.all([step('b'), step('c')]);
  return [...log];
}
