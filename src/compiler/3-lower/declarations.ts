/** Variables: what the entry of a scope makes, and declarations. */
import { boundIdentifiers, type Node } from '../ast.ts';
import type { Binding } from '../2-analyze/model.ts';
import {
  array,
  arrow,
  assign,
  block,
  call,
  construct,
  declare,
  element,
  evaluate,
  identifier,
  literal,
  object,
  property,
  suspend,
  undefinedValue,
  type Expression,
  type Statement,
} from './builders.ts';
import { functionExpression } from './closure.ts';
import { convertTarget } from './assignment.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { lowerPattern } from './pattern.ts';
import { isTemporary } from './suspending-call.ts';
import { quotable } from './quoted-names.ts';
import { lower } from './suspending-expression.ts';

/** Boxes and function declarations of a scope: made when it is entered. */
export function enterScope(f: FunctionLowering, scope: Node, body: readonly Node[], out: Statement[]): void {
  for (const binding of f.out.analysis.scopeBindings.get(scope) ?? []) {
    if (binding.owner !== f.fn || binding.moduleLevel || binding.kind === 'param' || binding.kind === 'catch')
      continue;
    enterBinding(f, binding, out);
  }
  blockAccess(f, scope, out);
  for (const statement of body) {
    if (statement.type !== 'FunctionDeclaration') continue;
    const binding = f.out.analysis.bindingOf.get(statement['id'])!;
    if (binding.moduleLevel) continue;
    const value = functionExpression(f, statement, statement['id'].name);
    if (binding.boxed || f.isHoisted(binding))
      out.push(evaluate(assign(f.location(binding), value, statement)));
    else out.push(declare(binding.assigned ? 'let' : 'const', f.name(binding), value));
  }
}

/** Reads and writes the variables of a block at module level that belong to the instance. */
function blockAccess(f: FunctionLowering, scope: Node, out: Statement[]): void {
  const bindings = (f.out.analysis.scopeBindings.get(scope) ?? []).filter(
    (binding) => !binding.moduleLevel && f.out.isState(binding),
  );
  if (bindings.length === 0) return;
  const stores = bindings.map((binding, index) =>
    evaluate(assign(f.location(binding), element(identifier('values'), literal(index)))),
  );
  const variable = f.out.variable('$block');
  f.out.blocks.push({ variable, bindings });
  const access = object([
    property(identifier('read'), arrow([], array(bindings.map((binding) => f.location(binding))))),
    property(identifier('write'), arrow([identifier('values')], block(stores))),
  ]);
  out.push(evaluate(assign(variable, access)));
}

function enterBinding(f: FunctionLowering, binding: Binding, out: Statement[]): void {
  const hoisted = f.isHoisted(binding);
  if (hoisted) f.hoist(binding);
  const beforehand = binding.early || binding.kind === 'var' || binding.kind === 'function';
  if (binding.boxed && beforehand) {
    const first =
      binding.early && binding.kind !== 'function' && binding.kind !== 'var'
        ? [identifier(f.out.abi('UNSET'))]
        : [];
    const box = construct(f.out.abi('Box'), first);
    out.push(hoisted ? evaluate(assign(f.variable(binding), box)) : declare('const', f.name(binding), box));
  }
  if (binding.parameter) {
    const value = f.location(binding.parameter);
    const isDeclared = hoisted || binding.boxed;
    out.push(
      isDeclared
        ? evaluate(assign(f.location(binding), value))
        : { ...declare('let', f.name(binding), value), kind: 'var' },
    );
  } else if (hoisted && !binding.boxed && binding.early) {
    out.push(evaluate(assign(f.variable(binding), identifier(f.out.abi('UNSET')))));
  }
}

/** `var`, `let`, `const` (and `using` where it can stay native). */
export function variableDeclaration(f: FunctionLowering, node: Node, out: Statement[]): void {
  for (const declarator of node['declarations'] as Node[]) {
    if (declarator['id'].type === 'Identifier') simpleDeclarator(f, node, declarator, out);
    else patternDeclarator(f, node, declarator, out);
  }
}

function simpleDeclarator(f: FunctionLowering, node: Node, declarator: Node, out: Statement[]): void {
  const id = declarator['id'] as Node;
  const binding = f.out.analysis.bindingOf.get(id)!;
  const init = declarator['init'] as Node | null;
  const hoisted = f.isHoisted(binding);
  const isVar = node['kind'] === 'var';
  if (isVar && !init) {
    if (!binding.boxed && !hoisted) out.push(nativeDeclaration(f, node, declarator, null));
    return;
  }
  const value = init
    ? initializer(f, init, id['name'], out, hoisted && !binding.boxed ? f.name(binding) : null)
    : null;
  if (value === 'done') return;
  if (binding.boxed && !binding.early && !isVar) {
    const box = construct(f.out.abi('Box'), value ? [value] : [], declarator);
    out.push(
      hoisted
        ? evaluate(assign(f.variable(binding), box), declarator)
        : declare('const', f.name(binding), box),
    );
  } else if (binding.boxed || hoisted) {
    out.push(evaluate(assign(f.location(binding, id), value ?? undefinedValue(), declarator), declarator));
  } else {
    out.push(nativeDeclaration(f, node, declarator, value));
  }
}

/** The initial value; `await x` straight into a hoisted variable needs no temporary. */
function initializer(
  f: FunctionLowering,
  init: Node,
  hint: string,
  out: Statement[],
  target: string | null,
): Expression | 'done' {
  if (!f.suspends(init)) return convert(f, init, hint);
  if (init.type === 'AwaitExpression' && target !== null) {
    const value = f.suspends(init['argument'])
      ? lower(f, init['argument'], out)
      : convert(f, init['argument']);
    out.push(suspend(value, target, init));
    return 'done';
  }
  return lower(f, init, out, hint);
}

function nativeDeclaration(
  f: FunctionLowering,
  node: Node,
  declarator: Node,
  init: Expression | null,
): Statement {
  const binding = f.out.analysis.bindingOf.get(declarator['id'])!;
  const kind = f.out.isState(binding) && node['kind'] === 'const' ? 'let' : node['kind'];
  return {
    ...node,
    kind,
    declarations: [{ ...declarator, id: f.variable(binding, declarator['id']), init }],
  };
}

function patternDeclarator(f: FunctionLowering, node: Node, declarator: Node, out: Statement[]): void {
  const pattern = declarator['id'] as Node;
  const bindings = boundIdentifiers(pattern).map((identifierNode) =>
    f.out.analysis.bindingOf.get(identifierNode)!,
  );
  const native = bindings.every((binding) => !binding.boxed && !f.isHoisted(binding));
  if (native && !f.suspends(declarator)) {
    const isState = bindings.some((binding) => f.out.isState(binding));
    const kind = isState && node['kind'] === 'const' ? 'let' : node['kind'];
    out.push({
      ...node,
      kind,
      declarations: [{ ...declarator, id: convert(f, pattern), init: quotable(f, declarator['init']) }],
    });
    return;
  }
  for (const binding of bindings) {
    if (binding.boxed && !binding.early && binding.kind !== 'var') {
      const box = construct(f.out.abi('Box'), []);
      out.push(
        f.isHoisted(binding)
          ? evaluate(assign(f.variable(binding), box))
          : declare('const', f.name(binding), box),
      );
    } else if (!binding.boxed && !f.isHoisted(binding)) {
      out.push(declare('let', f.name(binding), null));
    }
  }
  const init = declarator['init'] as Node;
  const given = f.suspends(init) ? lower(f, init, out) : quotable(f, init);
  const value = isTemporary(f, given) ? nameInMessage(f, pattern, given) : given;
  if (f.suspends(pattern)) lowerPattern(f, pattern, value, out, init);
  else out.push(evaluate(assign(convertTarget(f, pattern), value, declarator), declarator));
}

/** The engine would name the temporary in its message. */
function nameInMessage(f: FunctionLowering, pattern: Node, value: Expression): Expression {
  const first = pattern.type === 'ObjectPattern' ? (pattern['properties'][0] as Node | undefined) : undefined;
  if (first?.type !== 'Property' || first['computed'] || first['key'].type !== 'Identifier') return value;
  return call(f.out.abi('destructured'), [value, literal(first['key'].name as string)]);
}

/** Whether a block has `using` declarations, and whether they must be lowered. */
export function usingDeclarations(f: FunctionLowering, body: readonly Node[]): 'none' | 'native' | 'lowered' {
  const declarations = body.filter(
    (node) => node.type === 'VariableDeclaration' && node['kind'].endsWith('using'),
  );
  if (declarations.length === 0) return 'none';
  const suspended = f.resumable && body.some((node) => f.suspends(node));
  const boxed = declarations.some((node) =>
    node['declarations'].some((declarator: Node) => f.out.analysis.bindingOf.get(declarator['id'])!.boxed),
  );
  return suspended || boxed ? 'lowered' : 'native';
}
