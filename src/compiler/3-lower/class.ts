/**
 * Classes at module level. They stay classes; async methods become wrappers, code that needs private names stays in a
 * static block, and constructors and field initialisers stand still while the runtime re-creates an instance.
 */
import { isFunction, type Node } from '../ast.ts';
import type { ClassInfo } from '../2-analyze/model.ts';
import {
  arrow,
  array,
  assign,
  block,
  call,
  conditional,
  construct,
  declare,
  declareAll,
  element,
  evaluate,
  give,
  identifier,
  literal,
  member,
  nameFunction,
  not,
  object,
  property,
  undefinedValue,
  when,
  type Expression,
  type Statement,
} from './builders.ts';
import { memberFunction } from './closure.ts';
import { convert } from './expression.ts';
import { FunctionLowering } from './function-lowering.ts';
import { blockStatements } from './statement.ts';
import { generatorMethod } from './generator-method.ts';
import { keyName } from '../2-analyze/names.ts';

export function classExpression(f: FunctionLowering, node: Node, hint = ''): Expression {
  const lowered = { ...lowerClass(f, node), type: 'ClassExpression' };
  return node['id'] ? lowered : nameFunction(lowered, hint);
}

export function classDeclaration(f: FunctionLowering, node: Node): Statement {
  const binding = f.out.analysis.bindingOf.get(node['id'])!;
  const name = f.name(binding);
  const own: string = node['id'].name;
  const lowered = lowerClass(f, node);
  if (binding.boxed) {
    // A closure of the block was made before it. Inside the class its name means that variable, too.
    const value = nameFunction({ ...lowered, type: 'ClassExpression', id: null }, own);
    return binding.early
      ? evaluate(assign(f.location(binding), value, node))
      : declare('const', name, construct(f.out.abi('Box'), [value]));
  }
  if (name === own) return lowered;
  // Another module of the bundle has the variable; the class keeps its name, also in messages of the engine.
  return declare('let', identifier(name, node['id']), { ...lowered, type: 'ClassExpression' });
}

function lowerClass(f: FunctionLowering, node: Node): Node {
  const info = f.out.analysis.classOf.get(node)!;
  const { out } = f;
  if (info.variable === '') info.variable = out.variable(`$class${info.id}`);
  const generators: Statement[] = [];
  const members = (node['body'].body as Node[]).flatMap((item) => lowerMember(f, info, item, generators));
  const first: Statement[] = [];
  if (info.variable) first.push(evaluate(assign(info.variable, { type: 'ThisExpression' })));
  first.push(
    evaluate(
      call(out.abi('class'), [out.handle(info.id), { type: 'ThisExpression' }, ...privateAccess(info)]),
    ),
  );
  first.push(...generators);
  if (info.staticState.length > 0) first.push(staticAccess(f, info));
  first.push(...(out.classStatements.get(info) ?? []));
  out.describe(info, 'class', [], []);
  const superClass = node['superClass'] && convert(f, node['superClass']);
  return {
    ...node,
    superClass,
    body: { ...node['body'], body: [{ type: 'StaticBlock', body: first }, ...members] },
  };
}

/** Reads and writes the static fields that belong to the instance. */
function staticAccess(f: FunctionLowering, info: ClassInfo): Statement {
  info.staticsVariable = f.out.variable(`$static${info.id}`);
  const field = (name: string): Expression => {
    const isPrivate = name.startsWith('#');
    const key = isPrivate ? { type: 'PrivateIdentifier', name: name.slice(1) } : literal(name);
    return {
      type: 'MemberExpression',
      object: { type: 'ThisExpression' },
      property: key,
      computed: !isPrivate,
      optional: false,
    };
  };
  const stores = info.staticState.map((name, index) =>
    evaluate(assign(field(name), element(identifier('values'), literal(index)))),
  );
  const access = object([
    property(identifier('read'), arrow([], array(info.staticState.map(field)))),
    property(identifier('write'), arrow([identifier('values')], block(stores))),
  ]);
  return evaluate(assign(info.staticsVariable, access));
}

/** Reads and writes all private fields of an object, for snapshots. */
export function privateAccess(info: ClassInfo): Expression[] {
  if (!info.hasPrivateMembers && info.heldMethods.size === 0) return [];
  const field = (name: string): Expression => ({
    type: 'MemberExpression',
    object: identifier('object'),
    property: { type: 'PrivateIdentifier', name },
    computed: false,
    optional: false,
  });
  const reads = array(info.privateFields.map(field));
  const writes = info.privateFields.map((name, index) =>
    evaluate(
      assign(field(name), {
        type: 'MemberExpression',
        object: identifier('values'),
        property: { type: 'Literal', value: index, raw: String(index) },
        computed: true,
        optional: false,
      }),
    ),
  );
  return [
    object([
      property(identifier('read'), arrow([identifier('object')], reads)),
      property(identifier('write'), arrow([identifier('object'), identifier('values')], block(writes))),
      ...heldMethods(info),
    ]),
  ];
}

/** Statements that complete generator methods go to `generators`. */
/** Finds the private methods that are used as values again. */
function heldMethods(info: ClassInfo): Node[] {
  const members = (info.node['body'].body as Node[]).filter(
    ({ type, key }) =>
      type === 'MethodDefinition' && key.type === 'PrivateIdentifier' && info.heldMethods.has(key.name),
  );
  const list = (of: Expression, isStatic: boolean): Expression =>
    object(
      members
        .filter((item) => item['static'] === isStatic)
        .map(({ key }) => {
          const access = {
            type: 'MemberExpression',
            object: of,
            property: key,
            computed: false,
            optional: false,
          };
          return property(literal(key.name as string), access);
        }),
    );
  if (members.length === 0) return [];
  return [
    property(identifier('methods'), arrow([identifier('object')], list(identifier('object'), false))),
    property(identifier('statics'), arrow([], list({ type: 'ThisExpression' }, true))),
  ];
}

function lowerMember(f: FunctionLowering, cls: ClassInfo, item: Node, generators: Statement[]): Node[] {
  if (!item['computed']) return lowerMemberWith(f, cls, item, item['key'], null, generators);
  const key = convert(f, item['key']);
  if (!needsKey(item)) return lowerMemberWith(f, cls, item, key, null, generators);
  const kept = f.out.variable(`$key${cls.id}`);
  const computed = assign(kept, call(f.out.abi('key'), [key]));
  return lowerMemberWith(f, cls, item, computed, identifier(kept), generators);
}

/** A member with a computed key whose value has to know it: an anonymous function in a field, a generator method. */
export function needsKey(item: Node): boolean {
  if (item.type === 'MethodDefinition') return item['value'].generator;
  const value = item['value'] as Node | null;
  return item.type === 'PropertyDefinition' && value !== null && isFunction(value) && !value['id'];
}

/** `key`: the property's key in the class body; `nameKey`: the key again, for a value that needs it. */
export function lowerMemberWith(
  f: FunctionLowering,
  cls: ClassInfo,
  item: Node,
  key: Node,
  nameKey: Expression | null,
  generators: Statement[],
): Node[] {
  switch (item.type) {
    case 'MethodDefinition': {
      const callee = item['value'].generator ? generatorMethod(f, cls, item, nameKey, generators) : undefined;
      const value = memberFunction(f, item['value'], callee);
      if (item['kind'] === 'constructor') guardConstructor(f, cls, value);
      return [{ ...item, key, value }];
    }
    case 'PropertyDefinition': {
      const value = item['value'] && fieldValue(f, item, nameKey);
      if (item['static'] && !cls.maker) return [{ ...item, key, value }];
      return [{ ...item, key, value: value && conditional(restoring(f), undefinedValue(), value) }];
    }
    case 'StaticBlock': {
      const inner = new FunctionLowering(f.out.analysis.infoOf.get(item)!, f.out);
      const statements = blockStatements(inner, item, item['body']);
      const temporaries = temporariesOf(inner);
      const body = temporaries.length > 0 ? [declareAll(temporaries), ...statements] : statements;
      return [{ ...item, body: cls.maker ? [when(not(restoring(f)), [block(body)])] : body }];
    }
    default:
      return [item];
  }
}

function fieldValue(f: FunctionLowering, item: Node, nameKey: Expression | null): Expression {
  const info = f.out.analysis.functions.find((fn) => fn.kind === 'field' && fn.node === item['value'])!;
  const inner = new FunctionLowering(info, f.out);
  const given = convert(inner, item['value'], item['computed'] ? '' : keyName(item));
  const value = nameKey ? call(f.out.abi('nameFunction'), [given, nameKey, literal('')]) : given;
  const temporaries = temporariesOf(inner);
  if (temporaries.length === 0) return value;
  // An initialiser is an expression and can declare nothing.
  return call(arrow([], block([declareAll(temporaries), give(value)])), []);
}

/** Variables that expressions in a field or static block asked for. */
function temporariesOf(f: FunctionLowering): string[] {
  const homes = f.fn.locals.filter((binding) => binding.kind === 'home');
  return [...f.hoisted, ...homes.map((binding) => f.name(binding))];
}

const restoring = (f: FunctionLowering): Expression => member(f.out.abi('restoring'), 'active');

/** `if ($restoring.active) return;`, after `super()` in a derived class. */
function guardConstructor(f: FunctionLowering, cls: ClassInfo, value: Node): void {
  const early: Statement[] = [];
  if (cls.node['superClass']) early.push(evaluate(call({ type: 'Super' }, [])));
  early.push(give(null));
  value['body'] = { ...value['body'], body: [when(restoring(f), [block(early)]), ...value['body'].body] };
}
