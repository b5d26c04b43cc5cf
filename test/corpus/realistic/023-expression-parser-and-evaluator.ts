type Token = { kind: 'number' | 'name' | 'operator'; text: string; at: number };
function* tokenize(text: string): Generator<Token, void> {
  const pattern = /(?<number>\d+(?:\.\d+)?)|(?<name>[a-z]\w*)|(?<operator>[-+*/^(),=])|\s+/gy;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    last = match.index + match[0].length;
    for (const kind of ['number', 'name', 'operator'] as const)
      if (match.groups![kind] !== undefined) yield { kind, text: match[0], at: match.index };
  }
  if (last < text.length) throw new SyntaxError(`unexpected ${text[last]} at ${last}`);
}
type Ast =
  | { type: 'number'; value: number }
  | { type: 'name'; name: string }
  | { type: 'call'; name: string; inputs: Ast[] }
  | { type: 'binary'; operator: string; left: Ast; right: Ast }
  | { type: 'assign'; name: string; value: Ast };
const PRECEDENCE: Record<string, number> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 3 };
class Parser {
  readonly #tokens: Generator<Token, void>;
  #now: Token | undefined;
  constructor(text: string) {
    this.#tokens = tokenize(text);
    this.#advance();
  }
  #advance(): Token | undefined {
    const token = this.#now;
    this.#now = this.#tokens.next().value ?? undefined;
    return token;
  }
  #take(text: string): boolean {
    return this.#now?.text === text && !!this.#advance();
  }
  async parse(): Promise<Ast> {
    const tree = await this.#binary(1);
    if (tree.type === 'name' && this.#take('=')) return { type: 'assign', name: tree.name, value: await this.parse() };
    if (this.#now) throw new SyntaxError(`left over: ${this.#now.text} at ${this.#now.at}`);
    return tree;
  }
  async #binary(minimum: number): Promise<Ast> {
    let left = await this.#primary();
    for (let operator = this.#now; operator && PRECEDENCE[operator.text]! >= minimum; operator = this.#now) {
      this.#advance();
      const level = PRECEDENCE[operator.text]!;
      left = { type: 'binary', operator: operator.text, left, right: await this.#binary(operator.text === '^' ? level : level + 1) };
    }
    return left;
  }
  async #primary(): Promise<Ast> {
    const token = this.#advance();
    await null;
    if (token?.kind === 'number') return { type: 'number', value: Number(token.text) };
    if (token?.kind === 'name') {
      if (!this.#take('(')) return { type: 'name', name: token.text };
      const inputs: Ast[] = [];
      while (!this.#take(')')) {
        inputs.push(await this.#binary(1));
        this.#take(',');
      }
      return { type: 'call', name: token.text, inputs };
    }
    if (token?.text === '(') {
      const inner = await this.#binary(1);
      if (!this.#take(')')) throw new SyntaxError('missing )');
      return inner;
    }
    if (token?.text === '-') return { type: 'binary', operator: '-', left: { type: 'number', value: 0 }, right: await this.#binary(3) };
    throw new SyntaxError(token ? `unexpected ${token.text} at ${token.at}` : 'unexpected end');
  }
}
const functions: Record<string, (...values: number[]) => number> = { max: Math.max, sum: (...v) => v.reduce((a, b) => a + b, 0) };
async function evaluate(ast: Ast, variables: Map<string, number>): Promise<number> {
  switch (ast.type) {
    case 'number':
      return ast.value;
    case 'name':
      if (!variables.has(ast.name)) throw new ReferenceError(`no ${ast.name}`);
      return variables.get(ast.name)!;
    case 'assign': {
      const value = await evaluate(ast.value, variables);
      variables.set(ast.name, value);
      return value;
    }
    case 'call':
      return functions[ast.name]!(...(await Promise.all(ast.inputs.map((input) => evaluate(input, variables)))));
    case 'binary': {
      const left = await evaluate(ast.left, variables);
      const right = await evaluate(ast.right, variables);
      return { '+': left + right, '-': left - right, '*': left * right, '/': left / right, '^': left ** right }[ast.operator]!;
    }
  }
}
export default async function run() {
  const variables = new Map([['x', 3]]);
  const results: unknown[] = [];
  const inputs = ['1 + 2 * 3', '(1+2)*3', '2 ^ 3 ^ 2', 'y = x * 4 - 1', 'max(y, x, sum(1, 2, -y)) / 2', '1 +', '2 $ 3', 'z', '1 2', '-x ^ 2'];
  for (const input of inputs) {
    try {
      results.push(await evaluate(await new Parser(input).parse(), variables));
    } catch (error) {
      results.push(`${error}`);
    }
  }
  return [results, [...variables]];
}
