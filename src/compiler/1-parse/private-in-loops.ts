/**
 * `for (let found = (#name in object); ...)`: the printer of types-stripped text leaves the parentheses out, without which it is no
 * program. In brackets the operator needs none.
 */
import { parseSync } from 'oxc-parser';
import { forEachChild, type Node } from '../ast.ts';

/** The text with `[#name in object][0]` in such places; the same text if there are none. */
export function bracketPrivateIn(path: string, source: string, lang: 'ts' | 'tsx'): string {
  if (!/\bfor\s*\(/.test(source) || !/#[\p{ID_Start}$_][\p{ID_Continue}$]*\s+in\b/u.test(source))
    return source;
  const { program, errors } = parseSync(path, source, { lang, sourceType: 'module', range: true });
  if (errors.length > 0) return source;
  const found: Node[] = [];
  const visit = (node: Node, inHead: boolean): void => {
    if (inHead && node.type === 'BinaryExpression' && node['left'].type === 'PrivateIdentifier')
      found.push(node);
    forEachChild(node, (child, key) =>
      visit(child, inHead || (node.type === 'ForStatement' && key === 'init')),
    );
  };
  visit(program as unknown as Node, false);
  let text = source;
  for (const { start, end } of found.toReversed())
    text = `${text.slice(0, start)}[${text.slice(start, end)}][0]${text.slice(end)}`;
  return text;
}
