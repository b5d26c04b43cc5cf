/**
 * Classes that are made at run time, possibly more than once: in functions, and in loops at module level. Like a closure, such a
 * class is made by a factory from its cells. The values of its heritage and of its computed keys are cells too, so that making it
 * again evaluates nothing of the author's; static fields and static blocks stand still then.
 */
import type { Node } from '../ast.ts';
import type { ClassInfo } from '../2-analyze/model.ts';
import {
  array,
  arrow,
  assign,
  block,
  call,
  construct,
  declare,
  declareAll,
  element,
  evaluate,
  give,
  identifier,
  literal,
  nameFunction,
  object,
  property,
  type Expression,
  type Statement,
} from './builders.ts';
import { storageName } from './bundle-output.ts';
import { lowerMemberWith, needsKey, privateAccess } from './class.ts';
import { cellValue, factory } from './closure.ts';
import { convert } from './expression.ts';
import { calleeOf } from './generator-method.ts';
import { FunctionLowering } from './function-lowering.ts';
import { lower } from './suspending-expression.ts';
import { keep } from './suspending-operands.ts';

/** A cell of the factory that the author has no name for. */
interface Given {
  readonly variable: string;
  readonly source: string;
  readonly value: Expression;
}

/** The expression that makes the class. `out`: where suspension points in its heritage and keys go. */
export function madeClass(
  f: FunctionLowering,
  node: Node,
  hint: string,
  out: Statement[] | null,
): Expression {
  const info = f.out.analysis.classOf.get(node)!;
  const maker = info.maker!;
  maker.id = info.id;
  const { given, superClass, keys } = evaluated(f, node, out);
  if (info.privateStatics.length > 0) {
    const value = construct(f.out.abi('Statics'), []);
    given.push({ variable: f.out.names.local('$statics'), source: '(static)', value });
  }
  const parameters = [
    ...maker.cells.map((cell) => identifier(storageName(f.out.names, cell))),
    ...given.map((item) => identifier(item.variable)),
  ];
  const made = classNode(f, info, hint, superClass, keys, parameters);
  const sources = [...maker.cells.map((cell) => cell.name), ...given.map((item) => item.source)];
  f.out.describe(info, 'class', sources, []);
  const make = factory(f, maker, parameters, made);
  const cells = maker.cells.map((cell) => cellValue(f, cell));
  return call(make, [...cells, ...given.map((item) => item.value)], node);
}

export function madeClassDeclaration(f: FunctionLowering, node: Node, out: Statement[]): void {
  const binding = f.out.analysis.bindingOf.get(node['id'])!;
  const value = madeClass(f, node, '', out);
  const hoisted = f.isHoisted(binding);
  if (binding.boxed && !binding.early) {
    const box = construct(f.out.abi('Box'), [value]);
    out.push(
      hoisted ? evaluate(assign(f.variable(binding), box), node) : declare('const', f.name(binding), box),
    );
  } else if (binding.boxed || hoisted) {
    out.push(evaluate(assign(f.location(binding), value, node), node));
  } else {
    out.push(declare('let', f.name(binding), value));
  }
}

/** Heritage and computed keys, evaluated in order where the class stands. */
function evaluated(
  f: FunctionLowering,
  node: Node,
  out: Statement[] | null,
): { given: Given[]; superClass: Expression | null; keys: Map<Node, string> } {
  const computed = (node['body'].body as Node[]).filter((member) => member['computed']);
  const sources = [...(node['superClass'] ? [node['superClass'] as Node] : []), ...computed];
  const parts = sources.map((part) => (part === node['superClass'] ? part : (part['key'] as Node)));
  const last = parts.findLastIndex((part) => f.suspends(part));
  const keys = new Map<Node, string>();
  let superClass: Expression | null = null;
  const given = sources.map((source, index) => {
    const part = parts[index]!;
    const isHeritage = source === node['superClass'];
    const raw = out && f.suspends(part) ? lower(f, part, out) : convert(f, part);
    const whole = isHeritage ? raw : call(f.out.abi('key'), [raw]);
    const value = out && index < last ? keep(f, whole, out, true) : whole;
    const variable = f.out.names.local(isHeritage ? '$extends' : `$key${index}`);
    if (isHeritage) superClass = identifier(variable);
    else keys.set(source, variable);
    return { variable, source: isHeritage ? '(extends)' : '(key)', value };
  });
  return { given, superClass, keys };
}

/** The body of the factory. */
function classNode(
  f: FunctionLowering,
  info: ClassInfo,
  hint: string,
  superClass: Expression | null,
  keys: ReadonlyMap<Node, string>,
  parameters: readonly Node[],
): Statement[] {
  const { node } = info;
  const inner = new FunctionLowering(info.maker!, f.out);
  const generators: Statement[] = [];
  const members = (node['body'].body as Node[]).flatMap((item) => {
    const variable = keys.get(item);
    const key = variable === undefined ? item['key'] : identifier(variable);
    const nameKey = variable !== undefined && needsKey(item) ? identifier(variable) : null;
    return lowerMemberWith(inner, info, item, key as Node, nameKey, generators);
  });
  const self = node['id'] ? undefined : info.own?.output;
  const first: Statement[] = [];
  if (self !== undefined) first.push(evaluate(assign(self, { type: 'ThisExpression' })));
  first.push(...generators);
  first.push(
    evaluate(
      call(f.out.abi('classClosure'), [
        { type: 'ThisExpression' },
        f.out.handle(info.id),
        array([...parameters]),
        object(memberAccess(f, info)),
      ]),
    ),
  );
  const value = {
    ...node,
    type: 'ClassExpression',
    superClass,
    body: { ...node['body'], body: [{ type: 'StaticBlock', body: first }, ...members] },
  };
  const named = node['id'] ? value : nameFunction(value, hint);
  const variables = [...(self === undefined ? [] : [self]), ...generators.map(calleeOf)];
  return variables.length === 0 ? [give(named)] : [declareAll(variables), give(named)];
}

/** What the runtime cannot reach from outside of the class. */
function memberAccess(f: FunctionLowering, info: ClassInfo): Node[] {
  const access: Node[] = [];
  const [privates] = privateAccess(info);
  if (privates) access.push(property(identifier('privates'), privates));
  if (info.privateStatics.length > 0) access.push(property(identifier('statics'), staticAccess(info)));
  const kit = f.out.kits.get(info);
  if (kit) access.push(property(identifier('kit'), object(kit)));
  return access;
}

function staticAccess(info: ClassInfo): Expression {
  const field = (name: string): Expression => ({
    type: 'MemberExpression',
    object: { type: 'ThisExpression' },
    property: { type: 'PrivateIdentifier', name },
    computed: false,
    optional: false,
  });
  const stores = info.privateStatics.map((name, index) =>
    evaluate(assign(field(name), element(identifier('values'), literal(index)))),
  );
  return object([
    property(identifier('read'), arrow([], array(info.privateStatics.map(field)))),
    property(identifier('write'), arrow([identifier('values')], block(stores))),
  ]);
}
