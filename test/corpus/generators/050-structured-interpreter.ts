type Expr = number | string | [op: string, ...args: Expr[]];

function* evaluate(expr: Expr, scope: Map<string, number>): Generator<string, number, number> {
  if (typeof expr === 'number') return expr;
  if (typeof expr === 'string') {
    const known = scope.get(expr);
    if (known !== undefined) return known;
    const given = yield expr;
    scope.set(expr, given);
    return given;
  }
  const [op, ...args] = expr;
  const values: number[] = [];
  for (const arg of args) values.push(yield* evaluate(arg, scope));
  switch (op) {
    case '+':
      return values.reduce((a, b) => a + b, 0);
    case '*':
      return values.reduce((a, b) => a * b, 1);
    case 'if':
      return values[0]! ? values[1]! : values[2]!;
    default:
      throw new SyntaxError(`unknown ${op}`);
  }
}

export default async function main() {
  const scope = new Map([['one', 1]]);
  const program: Expr = ['+', ['*', 'x', 'y', 2], ['if', 'one', ['+', 'x', 'z'], 0]];
  const asked: string[] = [];
  const it = evaluate(program, scope);
  let step = it.next();
  while (!step.done) {
    asked.push(step.value);
    await null;
    step = it.next(step.value.charCodeAt(0) - 'w'.charCodeAt(0));
  }
  let failed = '';
  try {
    evaluate(['?'], scope).next();
  } catch (error) {
    failed = (error as Error).message;
  }
  return { asked, value: step.value, scope, failed };
}
