/** Object literals: methods and accessors become closures; accessors are defined over placeholders that keep their order. */
import { isFunction, type Node } from '../ast.ts';
import {
  assign,
  call,
  construct,
  type Expression,
  identifier,
  literal,
  member,
  object,
  place,
  property,
  sequence,
  undefinedValue,
} from './builders.ts';
import { functionExpression } from './closure.ts';
import { convert } from './expression.ts';
import { type FunctionLowering } from './function-lowering.ts';

export function convertObject(f: FunctionLowering, node: Node): Expression {
  const properties = (node['properties'] as Node[]).map((item) =>
    convertProperty(f, item, (key) => convert(f, key)),
  );
  return finishObject(f, node, properties);
}

export interface ConvertedProperty {
  readonly node: Node;
  /** For accessors: the key and the functions to define afterwards. */
  readonly accessor?: {
    readonly key: Expression;
    readonly get: Expression | null;
    readonly set: Expression | null;
  };
}

/** One property of a literal; `computeKey` converts a computed key. */
export function convertProperty(
  f: FunctionLowering,
  item: Node,
  computeKey: (key: Node) => Expression,
): ConvertedProperty {
  if (item.type === 'SpreadElement') return { node: { ...item, argument: convert(f, item['argument']) } };
  const computed = item['computed'] as boolean;
  const key = computed ? computeKey(item['key']) : (item['key'] as Node);
  const name = computed ? '' : key.type === 'Identifier' ? key['name'] : String(key['value']);
  if (item['kind'] !== 'init') {
    let text = computed ? key : literal(name);
    if (computed) {
      // The key is needed twice.
      const kept = f.temporary('key');
      text = assign(kept, call(f.out.abi('key'), [key]));
      const fn = call(f.out.abi('nameFunction'), [
        functionExpression(f, item['value']),
        identifier(kept),
        literal(item['kind']),
      ]);
      const again = identifier(kept);
      return {
        node: property(text, undefinedValue(), true),
        accessor: {
          key: again,
          get: item['kind'] === 'get' ? fn : null,
          set: item['kind'] === 'set' ? fn : null,
        },
      };
    }
    const fn = functionExpression(f, item['value'], `${item['kind']} ${name}`);
    return {
      node: property(text, undefinedValue(), true),
      accessor: {
        key: text,
        get: item['kind'] === 'get' ? fn : null,
        set: item['kind'] === 'set' ? fn : null,
      },
    };
  }
  if (computed && isAnonymousFunction(item['value'])) {
    const kept = f.temporary('key');
    const named = call(f.out.abi('nameFunction'), [convertAnonymous(f, item), identifier(kept), literal('')]);
    const text = assign(kept, call(f.out.abi('key'), [key]));
    return { node: { ...item, key: text, value: named, computed, method: false, shorthand: false } };
  }
  if (name === '__proto__' && !item['method'] && !item['shorthand']) {
    // Sets the prototype, and gives no name.
    return { node: { ...item, key, value: convert(f, item['value']), shorthand: false } };
  }
  const value = item['method'] ? functionExpression(f, item['value'], name) : convert(f, item['value'], name);
  if (name === '__proto__') return { node: property(literal(name), value, true) };
  return { node: { ...item, key, value, computed, method: false, shorthand: false } };
}

function isAnonymousFunction(node: Node): boolean {
  return isFunction(node) && !node['id'];
}

function convertAnonymous(f: FunctionLowering, item: Node): Expression {
  return functionExpression(f, item['value']);
}

/** The literal, with accessors defined over their placeholders and `super`'s home object remembered. */
export function finishObject(
  f: FunctionLowering,
  node: Node,
  properties: readonly ConvertedProperty[],
): Expression {
  let result: Expression = place(object(properties.map((item) => item.node)), node);
  for (const { accessor } of properties) {
    if (!accessor) continue;
    result = call(
      f.out.abi('accessor'),
      [result, accessor.key, accessor.get ?? undefinedValue(), accessor.set ?? undefinedValue()],
      node,
    );
  }
  const home = f.out.analysis.bindingOf.get(node);
  if (home?.kind !== 'home') return result;
  if (!home.moduleLevel && f.resumable) f.hoist(home);
  return sequence([
    assign(f.variable(home), construct(f.out.abi('Box'), [])),
    assign(member(f.variable(home), 'v'), result),
  ]);
}
