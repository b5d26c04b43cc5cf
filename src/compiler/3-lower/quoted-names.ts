/**
 * What the engine quotes in its messages is the code that runs: `captured.v is not a function`, `name$1 is not iterable`. Of an
 * assignment it quotes the target. So where a message may quote a variable that the author knows by another name, its value is
 * first put into a variable with the author's name: `(captured = captured$box.v)()`.
 */
import type { Node } from '../ast.ts';
import type { Binding, FunctionInfo, FunctionKind } from '../2-analyze/model.ts';
import { assign, type Expression } from './builders.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';

/** Their code begins with the declarations of `hoisted`. */
const WITH_BODY: ReadonlySet<FunctionKind> = new Set([
  'function',
  'arrow',
  'method',
  'constructor',
  'accessor',
]);

/** `node`, without suspension points, converted so that messages about its value quote what the author wrote. */
export function quotable(f: FunctionLowering, node: Node): Expression {
  if (node.type === 'Identifier') return quotedVariable(f, node);
  const isPlainMember =
    node.type === 'MemberExpression' &&
    node['object'].type !== 'Super' &&
    !f.out.analysis.heldMethods.has(node);
  if (!isPlainMember) return convert(f, node);
  const property = node['computed'] ? quotable(f, node['property']) : node['property'];
  return { ...node, object: quotable(f, node['object']), property };
}

function quotedVariable(f: FunctionLowering, node: Node): Expression {
  const value = convert(f, node);
  const binding = f.out.analysis.bindingOf.get(node);
  const isOther = binding !== undefined && (value.type !== 'Identifier' || value['name'] !== node['name']);
  if (!isOther || !isFree(f, node['name'], binding)) return value;
  return assign(node['name'], value, node);
}

/** Whether the function can have a variable of the author's name for that; declares it. */
function isFree(f: FunctionLowering, name: string, binding: Binding): boolean {
  if (f.inParameters || !WITH_BODY.has(f.fn.kind) || name.startsWith('$') || name === 'arguments')
    return false;
  const known = f.quoted.get(name);
  if (known !== undefined) return known;
  const { analysis } = f.out;
  // Of a function with suspension points, all functions in it are made elsewhere.
  const isUnused = f.resumable && !f.isUsed(name);
  const isTaken =
    (!isUnused && analysis.globals.has(name)) ||
    (!isUnused &&
      namesakes(f, name).some(
        (other) =>
          (other === binding ? !binding.boxed && !isElsewhere(other) : !other.boxed || other.moduleLevel) &&
          (isWithin(other.owner, f.fn) || other.references.some(({ from }) => isWithin(from, f.fn))),
      ));
  f.quoted.set(name, !isTaken);
  if (!isTaken) f.hoisted.push(name);
  return !isTaken;
}

/** Of the module level, under another name in the bundle. */
const isElsewhere = ({ moduleLevel, kind, name, output }: Binding): boolean =>
  moduleLevel && (kind === 'import' || output !== name);

const byName = new WeakMap<object, Map<string, Binding[]>>();

function namesakes(f: FunctionLowering, name: string): readonly Binding[] {
  const { analysis } = f.out;
  let known = byName.get(analysis);
  if (known === undefined) {
    known = new Map();
    for (const binding of new Set(analysis.bindingOf.values())) {
      const list = known.get(binding.name);
      if (list) list.push(binding);
      else known.set(binding.name, [binding]);
    }
    byName.set(analysis, known);
  }
  return known.get(name) ?? [];
}

function isWithin(fn: FunctionInfo, outer: FunctionInfo): boolean {
  for (let at: FunctionInfo | undefined = fn; at; at = at.parent) if (at === outer) return true;
  return false;
}
