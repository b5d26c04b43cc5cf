/** Generator methods of classes: ordinary methods that become generator functions when the class is registered. */
import type { ClassInfo } from '../2-analyze/model.ts';
import type { Node } from '../ast.ts';
import { assign, call, evaluate, type Expression, literal, member, type Statement } from './builders.ts';
import type { FunctionLowering } from './function-lowering.ts';

/**
 * Adds the statement, for the first static block of the class, that completes the method. `key`: a computed key, evaluated. Private
 * methods cannot be reached from there: theirs lack only the properties of a generator function, which nobody looks at.
 *
 * @returns for a class that is made at run time, the variable in which the method finds itself.
 */
export function generatorMethod(
  f: FunctionLowering,
  cls: ClassInfo,
  item: Node,
  key: Expression | null,
  out: Statement[],
): string | undefined {
  if (item['key'].type === 'PrivateIdentifier' || isReplaced(cls, item)) return undefined;
  const self = { type: 'ThisExpression' };
  const holder = item['static'] ? self : member(self, 'prototype');
  const { id } = f.out.analysis.infoOf.get(item['value'])!;
  const args = [f.out.handle(id), holder, key ?? literal(plainName(item))];
  if (!cls.maker) {
    out.push(evaluate(call(f.out.abi('generatorMethod'), args)));
    return undefined;
  }
  const callee = f.out.names.local(`$method${id}`);
  out.push(evaluate(assign(callee, call(f.out.abi('generatorPart'), args))));
  return callee;
}

/** The variable that a statement for a class made at run time assigns. */
export function calleeOf(statement: Statement): string {
  return statement['expression'].left.name as string;
}

/** A later member of the same name takes its place. */
function isReplaced(cls: ClassInfo, item: Node): boolean {
  if (item['computed']) return false;
  const members = cls.node['body'].body as Node[];
  const later = members.slice(members.indexOf(item) + 1);
  return later.some(
    (other) =>
      other.type === 'MethodDefinition' &&
      !other['computed'] &&
      other['static'] === item['static'] &&
      other['key'].type !== 'PrivateIdentifier' &&
      plainName(other) === plainName(item),
  );
}

function plainName(item: Node): string {
  const key = item['key'] as Node;
  return key.type === 'Identifier' ? key['name'] : String(key['value']);
}
