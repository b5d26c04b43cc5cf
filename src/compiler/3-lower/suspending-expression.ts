/**
 * Expressions with suspension points. What is evaluated before a suspension point is kept in temporaries, in the order
 * of ECMA-262; the expression that is returned has no suspension point left and is evaluated right after `out`.
 */
import type { Node } from '../ast.ts';
import {
  array,
  arrow,
  assign,
  binary,
  block,
  call,
  evaluate,
  identifier,
  labelled,
  leave,
  literal,
  logical,
  not,
  object,
  spread,
  suspend,
  undefinedValue,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import {
  assignTo,
  calleeOf,
  convert,
  convertProperty,
  finishObject,
  isBind,
  iteratorMethod,
  type ConvertedProperty,
} from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { lowerPattern } from './pattern.ts';
import { superHome } from './super.ts';

/** `unused`: the value is not needed, as in an expression statement. */
export function lower(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  hint = '',
  unused = false,
): Expression {
  if (!f.suspends(node)) return convert(f, node, hint);
  switch (node.type) {
    case 'AwaitExpression': {
      const value = lower(f, node['argument'], out);
      const target = unused ? null : f.temporary();
      out.push(suspend(value, target, node));
      return target === null ? undefinedValue() : identifier(target);
    }
    case 'UnaryExpression':
      return lowerUnary(f, node, out);
    case 'UpdateExpression':
      return lowerUpdate(f, node, out);
    case 'BinaryExpression':
      return lowerBinary(f, node, out);
    case 'LogicalExpression':
      return lowerLogical(f, node, out);
    case 'ConditionalExpression':
      return lowerConditional(f, node, out);
    case 'SequenceExpression': {
      const expressions = node['expressions'] as Node[];
      for (const item of expressions.slice(0, -1)) {
        const value = lower(f, item, out, '', true);
        out.push(evaluate(value, item));
      }
      return lower(f, expressions.at(-1)!, out, '', unused);
    }
    case 'AssignmentExpression':
      return lowerAssignment(f, node, out);
    case 'MemberExpression':
      return lowerMember(f, node, out);
    case 'CallExpression':
      return lowerCall(f, node, out);
    case 'NewExpression': {
      const [callee, ...args] = operands(f, [node['callee'], ...node['arguments']], out);
      return { ...node, callee, arguments: args };
    }
    case 'ChainExpression':
      return lowerChain(f, node, out);
    case 'ArrayExpression':
      return { ...node, elements: operands(f, node['elements'], out) };
    case 'ObjectExpression':
      return lowerObject(f, node, out);
    case 'TemplateLiteral':
      return lowerTemplate(f, node, out);
    case 'TaggedTemplateExpression':
      return lowerTagged(f, node, out);
    case 'ImportExpression':
      return call(f.out.abi('import'), [lower(f, node['source'], out)], node);
    default:
      throw new Error(`Unknown suspending expression ${node.type}`);
  }
}

/** Keeps the present value of `value` in a temporary, unless it cannot change. `always`: also names that look constant. */
export function keep(f: FunctionLowering, value: Expression, out: Statement[], always = false): Expression {
  if (!always && isConstant(f, value)) return value;
  const target = f.temporary();
  out.push(evaluate(assign(target, value), value));
  return identifier(target);
}

function isConstant(f: FunctionLowering, value: Expression): boolean {
  if (value.type === 'Literal') return !value['regex'];
  if (value.type === 'UnaryExpression' && value['operator'] === 'void') return true;
  if (value.type !== 'Identifier') return false;
  const name = value['name'] as string;
  // A temporary is assigned once, before its only use.
  return (
    f.fixedNames.has(name) || (name.startsWith('$') && f.hoisted.includes(name) && !f.sourceNames.has(name))
  );
}

/** Operands evaluated from left to right; all before the last suspending one are kept in temporaries. Null: a hole. */
function operands(
  f: FunctionLowering,
  nodes: readonly (Node | null)[],
  out: Statement[],
): (Expression | null)[] {
  const last = nodes.findLastIndex((node) => f.suspends(node));
  return nodes.map((node, index) => {
    if (!node) return null;
    if (node.type === 'SpreadElement') {
      const value = lower(f, node['argument'], out);
      return index < last ? spread(keep(f, array([spread(value)]), out, true)) : { ...node, argument: value };
    }
    const value = lower(f, node, out);
    return index < last ? keep(f, value, out) : value;
  });
}

function lowerUnary(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const argument = node['argument'] as Node;
  if (node['operator'] !== 'delete') return { ...node, argument: lower(f, argument, out) };
  if (argument.type === 'ChainExpression') return lowerChain(f, argument, out, { isDelete: true });
  if (argument.type === 'MemberExpression') return { ...node, argument: lowerMember(f, argument, out) };
  return { ...node, argument: lower(f, argument, out) };
}

function lowerUpdate(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const argument = node['argument'] as Node;
  if (argument['object'].type !== 'Super') return { ...node, argument: lowerMember(f, argument, out) };
  const target = memberReference(f, argument, out);
  const step = node['operator'] === '++' ? '+' : '-';
  const stored = target.store(binary(step, target.load(), literal(1)), node);
  return node['prefix'] ? stored : binary(step === '+' ? '-' : '+', stored, literal(1));
}

function lowerBinary(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  if (node['left'].type === 'PrivateIdentifier') return { ...node, right: lower(f, node['right'], out) };
  const [left, right] = operands(f, [node['left'], node['right']], out);
  return { ...node, left, right };
}

function lowerLogical(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const left = lower(f, node['left'], out);
  if (!f.suspends(node['right'])) return { ...node, left, right: convert(f, node['right']) };
  const result = f.temporary();
  out.push(evaluate(assign(result, left)));
  const inner: Statement[] = [];
  inner.push(evaluate(assign(result, lower(f, node['right'], inner))));
  out.push(when(goesOn(node['operator'], identifier(result)), [block(inner)]));
  return identifier(result);
}

/** Whether a logical operator evaluates its right side. */
function goesOn(operator: string, left: Expression): Expression {
  if (operator === '&&') return left;
  if (operator === '||') return not(left);
  return logical('||', binary('===', left, literal(null)), binary('===', left, undefinedValue()));
}

function lowerConditional(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const test = lower(f, node['test'], out);
  if (!f.suspends(node['consequent']) && !f.suspends(node['alternate'])) {
    return {
      ...node,
      test,
      consequent: convert(f, node['consequent']),
      alternate: convert(f, node['alternate']),
    };
  }
  const result = f.temporary();
  const branch = (side: Node): Statement[] => {
    const inner: Statement[] = [];
    inner.push(evaluate(assign(result, lower(f, side, inner))));
    return inner;
  };
  out.push({
    ...when(test, [block(branch(node['consequent']))]),
    alternate: block(branch(node['alternate'])),
  });
  return identifier(result);
}

function lowerAssignment(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const left = node['left'] as Node;
  const operator = node['operator'] as string;
  if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
    const value = keep(f, lower(f, node['right'], out), out);
    if (f.suspends(left)) lowerPattern(f, left, value, out);
    else out.push(evaluate(assign(convert(f, left), value, node)));
    return value;
  }
  const isLogical = /^(\|\||&&|\?\?)=$/.test(operator);
  if (left.type === 'Identifier') {
    if (operator === '=') return assignTo(f, left, '=', lower(f, node['right'], out, left['name']), node);
    if (isLogical) {
      const store = (inner: Statement[]): Expression =>
        assignTo(f, left, '=', lower(f, node['right'], inner, left['name']), node);
      return lowerLogicalAssignment(f, operator, convert(f, left), store, out);
    }
    const current = keep(f, convert(f, left), out, true);
    const right = lower(f, node['right'], out);
    return assignTo(f, left, '=', binary(operator.slice(0, -1), current, right), node);
  }
  const target = memberReference(f, left, out);
  if (operator === '=') return target.store(lower(f, node['right'], out), node);
  if (isLogical) {
    return lowerLogicalAssignment(
      f,
      operator,
      target.load(),
      (inner) => target.store(lower(f, node['right'], inner), node),
      out,
    );
  }
  const current = keep(f, target.load(), out, true);
  const right = lower(f, node['right'], out);
  return target.store(binary(operator.slice(0, -1), current, right), node);
}

function lowerLogicalAssignment(
  f: FunctionLowering,
  operator: string,
  current: Expression,
  store: (inner: Statement[]) => Expression,
  out: Statement[],
): Expression {
  const result = f.temporary();
  out.push(evaluate(assign(result, current)));
  const inner: Statement[] = [];
  inner.push(evaluate(assign(result, store(inner))));
  out.push(when(goesOn(operator.slice(0, -1), identifier(result)), [block(inner)]));
  return identifier(result);
}

interface MemberReference {
  load(): Expression;
  store(value: Expression, at: Node): Expression;
}

/** Evaluates object and key of an assignment target now. */
function memberReference(f: FunctionLowering, node: Node, out: Statement[]): MemberReference {
  const home = node['object'].type === 'Super' ? superHome(f, node['object']) : undefined;
  if (home) {
    const key = node['computed']
      ? keep(f, lower(f, node['property'], out), out)
      : literal(node['property'].name);
    return {
      load: () => call(f.out.abi('superGet'), [home.object, key, home.receiver], node),
      store: (value, at) => call(f.out.abi('superSet'), [home.object, key, value, home.receiver], at),
    };
  }
  const target = keep(f, lower(f, node['object'], out), out);
  let property = node['property'] as Expression;
  if (node['computed']) property = keep(f, lower(f, property, out), out);
  const place = { ...node, object: target, property };
  return { load: () => ({ ...place }), store: (value, at) => assign({ ...place }, value, at) };
}

/** A member expression whose object or key suspends. */
function lowerMember(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  if (node['object'].type === 'Super') {
    const home = superHome(f, node['object'])!;
    return call(f.out.abi('superGet'), [home.object, lower(f, node['property'], out), home.receiver], node);
  }
  if (!node['computed']) return { ...node, object: lower(f, node['object'], out) };
  const [target, property] = operands(f, [node['object'], node['property']], out);
  return { ...node, object: target, property };
}

function lowerCall(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const callee = node['callee'] as Node;
  const args = node['arguments'] as Node[];
  const argumentsSuspend = args.some((argument) => f.suspends(argument));
  if (callee.type === 'MemberExpression') {
    if (!argumentsSuspend) {
      const target = lowerMember(f, callee, out);
      const converted = args.map((argument) => convert(f, argument));
      const method = iteratorMethod(f, node);
      if (method) return call(f.out.abi('iterator'), [target['object'], method], node);
      if (isBind(callee)) return call(f.out.abi('bind'), [target['object'], array(converted)], node);
      return { ...node, callee: target, arguments: converted };
    }
    if (isPrivateMethod(f, callee)) {
      // It cannot change, so it need not be kept while the arguments are evaluated.
      const object = keep(f, lower(f, callee['object'], out), out);
      return { ...node, callee: { ...callee, object }, arguments: operands(f, args, out) };
    }
    const { receiver, fn } = methodReference(f, callee, out);
    const list = operands(f, args, out) as Expression[];
    if (isBind(callee)) return call(f.out.abi('bind'), [receiver, array(list)], node);
    return call(f.out.abi('call'), [fn, receiver, array(list), literal(describe(callee))], node);
  }
  if (callee.type === 'ChainExpression' && callee['expression'].type === 'MemberExpression') {
    // `(a?.b)(c)` keeps `a` as `this`.
    const receiver = f.temporary();
    const kept = keep(f, lowerChain(f, callee, out, { receiver }), out);
    const list = operands(f, args, out) as Expression[];
    return call(
      f.out.abi('call'),
      [kept, identifier(receiver), array(list), literal(describe(callee['expression']))],
      node,
    );
  }
  if (!argumentsSuspend)
    return {
      ...node,
      callee: lower(f, callee, out),
      arguments: args.map((argument) => convert(f, argument)),
    };
  const fn =
    callee.type === 'Identifier' && isFixed(f, callee) ? calleeOf(convert(f, callee), callee) : undefined;
  if (fn) return { ...node, callee: fn, arguments: operands(f, args, out) };
  const kept = keep(f, lower(f, callee, out), out);
  const list = operands(f, args, out) as Expression[];
  return call(f.out.abi('call'), [kept, undefinedValue(), array(list), literal(describe(callee))], node);
}

function isPrivateMethod(f: FunctionLowering, callee: Node): boolean {
  if (callee['property'].type !== 'PrivateIdentifier' || callee['object'].type === 'Super') return false;
  const name: string = callee['property'].name;
  for (let cls = f.fn.enclosingClass; cls; cls = cls.parent) {
    if (cls.privateMethods.has(name)) return true;
    if (cls.privateFields.includes(name)) return false;
  }
  return false;
}

/** A variable that always holds the same value. */
function isFixed(f: FunctionLowering, node: Node): boolean {
  const binding = f.out.analysis.bindingOf.get(node);
  return binding !== undefined && !binding.assigned && !f.isChecked(binding, node) && !binding.early;
}

/** Object and function of a method call, evaluated before the arguments. */
function methodReference(
  f: FunctionLowering,
  callee: Node,
  out: Statement[],
): { receiver: Expression; fn: Expression } {
  if (callee['object'].type === 'Super') {
    const home = superHome(f, callee['object'])!;
    return { receiver: home.receiver, fn: keep(f, lowerMemberOrConvert(f, callee, out), out) };
  }
  const receiver = keep(f, lower(f, callee['object'], out), out);
  if (isBind(callee)) return { receiver, fn: undefinedValue() };
  const property = callee['computed'] ? keep(f, lower(f, callee['property'], out), out) : callee['property'];
  return { receiver, fn: keep(f, { ...callee, object: receiver, property, optional: false }, out) };
}

function lowerMemberOrConvert(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  return f.suspends(node) ? lowerMember(f, node, out) : convert(f, node);
}

/** How V8 would name the callee in "... is not a function". */
function describe(node: Node): string {
  if (node.type === 'Identifier') return node['name'];
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'Super') return '(intermediate value)';
  if (node.type === 'MemberExpression' && !node['computed']) {
    const name =
      node['property'].type === 'PrivateIdentifier' ? `#${node['property'].name}` : node['property'].name;
    return `${describe(node['object'])}.${name}`;
  }
  if (node.type === 'MemberExpression') return `${describe(node['object'])}[...]`;
  return '(intermediate value)';
}

/**
 * `a?.b(await c).d`: each `?.` may leave the chain with undefined. `isDelete`: the chain is the operand of `delete`;
 * `receiver`: the variable for the object of the last member access.
 */
function lowerChain(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  options: { readonly isDelete?: boolean; readonly receiver?: string } = {},
): Expression {
  const { isDelete = false, receiver: receiverVariable } = options;
  const result = f.temporary();
  const end = f.label();
  const inner: Statement[] = [];
  out.push(evaluate(assign(result, isDelete ? literal(true) : undefinedValue())));
  const leaveIfNullish = (value: Expression): void => {
    inner.push(when(goesOn('??', value), [leave(end)]));
  };
  const link = (part: Node): Expression => {
    if (part.type === 'MemberExpression') {
      if (part['object'].type === 'Super') return lowerMemberOrConvert(f, part, inner);
      let target = link(part['object']);
      if (part['optional']) leaveIfNullish((target = keep(f, target, inner)));
      if (!part['computed']) return { ...part, object: target, optional: false };
      if (!f.suspends(part['property']))
        return { ...part, object: target, property: convert(f, part['property']), optional: false };
      target = keep(f, target, inner);
      return { ...part, object: target, property: lower(f, part['property'], inner), optional: false };
    }
    if (part.type === 'CallExpression') {
      const callee = part['callee'] as Node;
      const args = part['arguments'] as Node[];
      let receiver: Expression = undefinedValue();
      let fn: Expression;
      if (callee.type === 'MemberExpression' && callee['object'].type !== 'Super') {
        const target = link(callee);
        receiver = keep(f, target['object'], inner);
        if (isPrivateMethod(f, callee) && !part['optional']) {
          return { ...part, callee: { ...target, object: receiver }, arguments: operands(f, args, inner), optional: false };
        }
        const property = callee['computed'] ? keep(f, target['property'], inner) : target['property'];
        fn = keep(f, { ...target, object: receiver, property }, inner);
      } else {
        if (callee.type === 'MemberExpression') receiver = superHome(f, callee['object'])!.receiver;
        fn = keep(f, link(callee), inner);
      }
      if (part['optional']) leaveIfNullish(fn);
      const list = operands(f, args, inner) as Expression[];
      return call(f.out.abi('call'), [fn, receiver, array(list), literal(describe(callee))], part);
    }
    return lower(f, part, inner);
  };
  if (receiverVariable !== undefined) out.push(evaluate(assign(receiverVariable, undefinedValue())));
  let value = link(node['expression']);
  if (receiverVariable !== undefined) {
    inner.push(evaluate(assign(receiverVariable, value['object'])));
    value = { ...value, object: identifier(receiverVariable) };
  }
  const final = isDelete
    ? { type: 'UnaryExpression', operator: 'delete', prefix: true, argument: value }
    : value;
  inner.push(evaluate(assign(result, final)));
  out.push(labelled(end, block(inner)));
  return identifier(result);
}

function lowerObject(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const items = node['properties'] as Node[];
  const last = items.findLastIndex((item) => f.suspends(item));
  const properties: ConvertedProperty[] = items.map((item, index) => {
    const before = index < last;
    if (item.type === 'SpreadElement') {
      const value = lower(f, item['argument'], out);
      return {
        node: before ? spread(keep(f, object([spread(value)]), out, true)) : { ...item, argument: value },
      };
    }
    const computeKey = (key: Node): Expression => {
      const value = lower(f, key, out);
      return before || f.suspends(item['value'])
        ? keep(f, call(f.out.abi('key'), [value]), out, true)
        : value;
    };
    if (!f.suspends(item['value'])) {
      const converted = convertProperty(f, item, computeKey);
      if (!before) return converted;
      if (converted.node['key'].type === 'AssignmentExpression') {
        // A key that is needed twice: evaluated in its turn.
        out.push(evaluate(converted.node['key']));
        converted.node['key'] = converted.node['key'].left;
      }
      if (converted.accessor) return converted;
      return { node: { ...converted.node, value: keep(f, converted.node['value'], out) } };
    }
    const computed = item['computed'] as boolean;
    const key = computed ? computeKey(item['key']) : item['key'];
    const value = lower(f, item['value'], out);
    return { node: { ...item, key, value: before ? keep(f, value, out) : value, shorthand: false } };
  });
  return finishObject(f, node, properties);
}

/** Each part is converted to a string at once, as the specification does. */
function lowerTemplate(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const expressions = node['expressions'] as Node[];
  const last = expressions.findLastIndex((item) => f.suspends(item));
  const text = (value: Expression): Expression => ({
    type: 'TemplateLiteral',
    quasis: [quasi(''), quasi('', true)],
    expressions: [value],
  });
  const parts = expressions.map((item, index) => {
    const value = lower(f, item, out);
    return index < last ? keep(f, text(value), out, true) : value;
  });
  return { ...node, expressions: parts };
}

function quasi(raw: string, tail = false): Node {
  return { type: 'TemplateElement', value: { raw, cooked: raw }, tail };
}

function lowerTagged(f: FunctionLowering, node: Node, out: Statement[]): Expression {
  const tag = node['tag'] as Node;
  const template = node['quasi'] as Node;
  let receiver: Expression = undefinedValue();
  let fn: Expression;
  if (tag.type === 'MemberExpression') ({ receiver, fn } = methodReference(f, tag, out));
  else fn = keep(f, lower(f, tag, out), out);
  const values = operands(f, template['expressions'], out) as Expression[];
  return call(
    f.out.abi('call'),
    [fn, receiver, array([templateObject(f, template), ...values]), literal(describe(tag))],
    node,
  );
}

/** The array of strings of a template: one object per place in the source, as the specification asks. */
function templateObject(f: FunctionLowering, template: Node): Expression {
  const name = f.out.names.fresh('$strings');
  const strings = f.out.names.local('$s');
  const plain = { ...template, expressions: (template['expressions'] as Node[]).map(() => literal(0)) };
  const native = {
    type: 'TaggedTemplateExpression',
    tag: arrow([identifier(strings)], identifier(strings)),
    quasi: plain,
  };
  const named = call(f.out.abi('named'), [literal(`template:${name}`), native]);
  f.out.prologue.unshift({
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: identifier(name), init: named }],
  });
  return identifier(name);
}
