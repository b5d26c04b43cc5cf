class Formatter {
  static readonly prefix: string = '<';
  static async format(text: string) {
    await null;
    return `${this.prefix}${text}`;
  }
  static async formatAll(...texts: string[]) {
    const results: string[] = [];
    for (const text of texts) results.push(await this.format(text));
    const arrow = async () => (await null, this.name);
    return [...results, await arrow()];
  }
}
class Loud extends Formatter {
  static override readonly prefix: string = '!';
}
export default async function main() {
  const { format } = Formatter;
  return [await Formatter.formatAll('a', 'b'), await Loud.formatAll('c'), await format.call(Loud, 'd')];
}
