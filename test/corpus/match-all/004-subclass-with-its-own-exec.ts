/** exec of a subclass runs at every step, also after a restore, with its state in fields. */
class Logged extends RegExp {
  static log: string[] = [];
  override exec(text: string) {
    const match = super.exec(text);
    Logged.log.push(`${this.lastIndex} ${match?.[0] ?? 'none'}`);
    return match;
  }
}
export default async function main() {
  const matches = 'one two three'.matchAll(new Logged('\\w+', 'g'));
  const log = Logged.log;
  log.push('made');
  const seen: string[] = [];
  for (const match of matches) {
    seen.push(match[0].toUpperCase());
    log.push('-');
  }
  await null;
  return { seen, log };
}
