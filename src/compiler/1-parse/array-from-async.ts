/**
 * `Array.fromAsync(...)` as an async function of the module that calls it, so that its waits are frames like any others, and its jobs are in
 * the order of the engine's (the engine's own would wait for native promises).
 */
import { boundIdentifiers, forEachChild, isFunction, type Node } from '../ast.ts';

const USE = /\bArray\s*\.\s*fromAsync\b/;

/** ECMA-262 Array.fromAsync with the constructor Array. As the engine does, it closes an iterator also when that fails itself. */
const helper = (name: string): string => `
async function ${name}(items, map, self) {
  if (map !== undefined && typeof map !== 'function')
    throw new TypeError((typeof map === 'string' ? JSON.stringify(map) : typeof map === 'object' && map !== null ? '#<Object>' : String(map)) + ' is not a function');
  const list = [];
  if ((items[Symbol.asyncIterator] ?? null) !== null) {
    const iterator = items[Symbol.asyncIterator]();
    const { next } = iterator;
    try {
      for (;;) {
        const result = await Reflect.apply(next, iterator, []);
        if (Object(result) !== result) throw new TypeError('Iterator result ' + String(result) + ' is not an object');
        if (result.done) return list;
        const item = result.value;
        list.push(map === undefined ? item : await Reflect.apply(map, self, [item, list.length]));
      }
    } catch (error) {
      try {
        await iterator.return?.();
      } catch {}
      throw error;
    }
  }
  if ((items[Symbol.iterator] ?? null) !== null) {
    let isOwn = true;
    try {
      for await (const item of items) {
        isOwn = false;
        list.push(map === undefined ? item : await Reflect.apply(map, self, [item, list.length]));
        isOwn = true;
      }
    } catch (error) {
      if (isOwn) await undefined;
      throw error;
    }
    return list;
  }
  const source = Object(items);
  const length = Math.min(Math.max(Math.trunc(Number(source.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
  while (list.length < length) {
    const item = await source[list.length];
    list.push(map === undefined ? item : await Reflect.apply(map, self, [item, list.length]));
  }
  return list;
}`;

/** The text with the function at its end, if it may be needed; and the function's name. */
export function withFromAsync(text: string): { readonly text: string; readonly name: string | undefined } {
  if (!USE.test(text)) return { text, name: undefined };
  let name = '$arrayFromAsync';
  while (text.includes(name)) name += '_';
  return { text: text + helper(name), name };
}

/** Calls of `Array.fromAsync` become calls of the function at the end; it is taken away when there are none. */
export function useFromAsync(program: Node, name: string): void {
  const body = program['body'] as Node[];
  const own = body.pop()!;
  const calls: Node[] = [];
  let isOwnArray = false;
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' && isFromAsync(node['callee'])) calls.push(node);
    isOwnArray ||= declares(node, 'Array');
    forEachChild(node, visit);
  };
  visit(program);
  if (calls.length === 0 || isOwnArray) return;
  body.push(own);
  for (const node of calls) {
    const { start, end, loc, range } = node['callee'] as Node;
    node['callee'] = { type: 'Identifier', name, start, end, loc, range };
  }
}

const isFromAsync = (callee: Node): boolean =>
  callee.type === 'MemberExpression' &&
  !callee['computed'] &&
  !callee['optional'] &&
  callee['object'].type === 'Identifier' &&
  callee['object'].name === 'Array' &&
  callee['property'].name === 'fromAsync';

/** Whether the node declares a variable of that name. */
function declares(node: Node, name: string): boolean {
  const patterns: (Node | null)[] =
    node.type === 'VariableDeclarator' || node.type.startsWith('Class')
      ? [node['id']]
      : isFunction(node)
        ? [node['id'], ...(node['params'] as Node[])]
        : node.type === 'CatchClause'
          ? [node['param']]
          : /^Import.*Specifier$/.test(node.type)
            ? [node['local']]
            : [];
  return patterns.some(
    (pattern) => pattern && boundIdentifiers(pattern).some((identifier) => identifier['name'] === name),
  );
}
