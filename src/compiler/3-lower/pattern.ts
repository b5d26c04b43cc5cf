/** Destructuring with suspension points in keys, defaults or targets, in the order of ECMA-262 section 13.15.5. */
import type { Node } from '../ast.ts';
import {
  array,
  assign,
  attempt,
  binary,
  call,
  element,
  evaluate,
  identifier,
  literal,
  member,
  raise,
  undefinedValue,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import { convertTarget } from './assignment.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { superHome } from './super.ts';
import { describe } from './suspending-call.ts';
import { lower } from './suspending-expression.ts';
import { keep } from './suspending-operands.ts';

/** Assigns `value` to the pattern or target. `source`: what the author wrote for the value. */
export function lowerPattern(
  f: FunctionLowering,
  pattern: Node,
  value: Expression,
  out: Statement[],
  source?: Node,
): void {
  switch (pattern.type) {
    case 'ObjectPattern':
      return objectPattern(f, pattern, value, out);
    case 'ArrayPattern':
      return arrayPattern(f, pattern, value, out, source);
    case 'AssignmentPattern': {
      const place = reference(f, pattern['left'], out);
      place(withDefault(f, pattern, value, out));
      return;
    }
    default:
      reference(f, pattern, out)(value);
  }
}

function lowered(f: FunctionLowering, node: Node, out: Statement[], hint = ''): Expression {
  return f.suspends(node) ? lower(f, node, out, hint) : convert(f, node, hint);
}

function objectPattern(f: FunctionLowering, pattern: Node, value: Expression, out: Statement[]): void {
  const source = keep(f, call(f.out.abi('coercible'), [value], pattern), out);
  const keys: Expression[] = [];
  const hasRest = pattern['properties'].at(-1)?.type === 'RestElement';
  for (const item of pattern['properties'] as Node[]) {
    if (item.type === 'RestElement') {
      const store = reference(f, item['argument'], out);
      store(call(f.out.abi('omit'), [source, array(keys)], item));
      continue;
    }
    const key = item['key'] as Node;
    let name: Expression;
    if (item['computed']) name = keep(f, call(f.out.abi('key'), [lowered(f, key, out)]), out);
    else name = literal(key.type === 'Identifier' ? key['name'] : key['value']);
    if (hasRest) keys.push(name);
    const target = item['value'] as Node;
    const store = reference(f, target.type === 'AssignmentPattern' ? target['left'] : target, out);
    const got = keep(f, element(source, name, item), out, true);
    store(target.type === 'AssignmentPattern' ? withDefault(f, target, got, out) : got);
  }
}

function arrayPattern(
  f: FunctionLowering,
  pattern: Node,
  value: Expression,
  out: Statement[],
  source: Node | undefined,
): void {
  const iteration = f.temporary('iteration');
  const text = source?.type === 'Identifier' ? [literal(describe(source))] : [];
  out.push(evaluate(assign(iteration, call(f.out.abi('iterate'), [value, ...text], pattern))));
  const body: Statement[] = [];
  for (const item of pattern['elements'] as (Node | null)[]) {
    if (!item) {
      body.push(evaluate(call(f.out.abi('step'), [identifier(iteration)])));
      continue;
    }
    if (item.type === 'RestElement') {
      const store = reference(f, item['argument'], body);
      store(call(f.out.abi('rest'), [identifier(iteration)], item));
      continue;
    }
    const store = reference(f, item.type === 'AssignmentPattern' ? item['left'] : item, body);
    const got = keep(f, call(f.out.abi('step'), [identifier(iteration)], item), body, true);
    store(item.type === 'AssignmentPattern' ? withDefault(f, item, got, body) : got);
  }
  const thrown = f.out.names.local('$thrown');
  const fail = [evaluate(call(member(iteration, 'fail'), [])), raise(identifier(thrown))];
  out.push(attempt(body, { param: identifier(thrown), body: fail }, null));
  out.push(evaluate(call(member(iteration, 'close'), [])));
}

function withDefault(f: FunctionLowering, pattern: Node, value: Expression, out: Statement[]): Expression {
  const result = f.temporary();
  out.push(evaluate(assign(result, value)));
  const inner: Statement[] = [];
  const hint = pattern['left'].type === 'Identifier' ? pattern['left'].name : '';
  const fallback = lowered(f, pattern['right'], inner, hint);
  inner.push(evaluate(assign(result, fallback)));
  out.push(
    when(binary('===', identifier(result), undefinedValue()), [{ type: 'BlockStatement', body: inner }]),
  );
  return identifier(result);
}

/** Evaluates what a target refers to (object and key of a member) now, and returns what stores a value there later. */
function reference(f: FunctionLowering, target: Node, out: Statement[]): (value: Expression) => void {
  if (
    target.type === 'ObjectPattern' ||
    target.type === 'ArrayPattern' ||
    target.type === 'AssignmentPattern'
  ) {
    return (value) => lowerPattern(f, target, value, out);
  }
  if (target.type === 'MemberExpression' && target['object'].type !== 'Super') {
    const object = keep(f, lowered(f, target['object'], out), out);
    const property = target['computed']
      ? keep(f, lowered(f, target['property'], out), out)
      : target['property'];
    return (value) => out.push(evaluate(assign({ ...target, object, property }, value, target)));
  }
  const home = target.type === 'MemberExpression' ? superHome(f, target['object']) : undefined;
  if (home) {
    const { property } = target;
    const key = target['computed'] ? keep(f, lowered(f, property, out), out) : literal(property.name);
    return (value) =>
      out.push(evaluate(call(f.out.abi('superSet'), [home.object, key, value, home.receiver], target)));
  }
  return (value) => out.push(evaluate(assign(convertTarget(f, target), value, target)));
}
