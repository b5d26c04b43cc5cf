export default async function main() {
  const log: string[] = [];
  for (const character of 'a😀é\ud800b') {
    await null;
    log.push(character, String(character.length));
  }
  return log;
}
