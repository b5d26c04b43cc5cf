type Token = { kind: 'number' | 'name' | 'op' | 'end'; text: string; at: number };
class ParseError extends Error {
  constructor(message: string, readonly at: number) { super(`${message} at ${at}`); }
}
class Parser {
  #tokens: Token[] = [];
  #i = 0;
  constructor(private lookup: (name: string) => Promise<number>) {}
  async evaluate(text: string): Promise<number> {
    this.#i = 0;
    this.#tokens = [...text.matchAll(/\s*(?:(\d+(?:\.\d+)?)|([a-z]+)|(.))/gy)].map((m) => ({ kind: m[1] ? 'number' : m[2] ? 'name' : 'op', text: (m[1] ?? m[2] ?? m[3])!, at: m.index }));
    this.#tokens.push({ kind: 'end', text: 'end', at: text.length });
    const value = await this.#sum();
    if (this.#peek.kind !== 'end') throw new ParseError(`unexpected ${this.#peek.text}`, this.#peek.at);
    return value;
  }
  get #peek() { return this.#tokens[this.#i]!; }
  #take(text: string) { return this.#peek.text === text && this.#peek.kind === 'op' ? (this.#i++, true) : false; }
  async #sum(): Promise<number> {
    let value = await this.#product();
    for (;;) {
      if (this.#take('+')) value += await this.#product();
      else if (this.#take('-')) value -= await this.#product();
      else return value;
    }
  }
  async #product(): Promise<number> {
    let value = await this.#power();
    while (true) {
      if (this.#take('*')) value *= await this.#power();
      else if (this.#take('/')) value /= await this.#power();
      else break;
    }
    return value;
  }
  async #power(): Promise<number> {
    const base = await this.#atom();
    return this.#take('^') ? base ** (await this.#power()) : base;
  }
  async #atom(): Promise<number> {
    const token = this.#peek;
    this.#i++;
    switch (token.kind) {
      case 'number': return Number(token.text);
      case 'name': return await this.lookup(token.text);
      case 'op':
        if (token.text === '-') return -(await this.#power());
        if (token.text === '(') {
          const value = await this.#sum();
          if (!this.#take(')')) throw new ParseError(`expected )`, this.#peek.at);
          return value;
        }
      default:
        throw new ParseError(`unexpected ${token.text}`, token.at);
    }
  }
}
export default async function main() {
  const variables: Record<string, number> = { x: 3, pi: 3.14 };
  const parser = new Parser(async (name) => { await null; if (!(name in variables)) throw new ReferenceError(`no ${name}`); return variables[name]!; });
  const results: unknown[] = [];
  for (const text of ['1 + 2 * 3', '(1+2)*3', '2^3^2', '-x + 10 / 4', 'x * (y + 1)', '(1', '1 +', '2 2']) {
    try {
      results.push(await parser.evaluate(text));
    } catch (error: any) {
      results.push(`${error.constructor.name}: ${error.message}`);
    }
  }
  return results;
}
