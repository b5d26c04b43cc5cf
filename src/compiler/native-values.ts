/**
 * Variables that hold something of the process, as far as the text shows it: what is made by a call or a `new` of a well known name.
 * For warnings only; what a variable really holds is known when it is captured.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRelative, loadModuleGraph } from './1-parse/module-graph.ts';
import { forEachChild, type Node } from './ast.ts';
import { NATIVE_MAKERS, PROMISING_MODULES } from './diagnostics/native-makers.ts';

export interface NativeValue {
  /** Absolute path of the module. */
  readonly path: string;
  /** The variable; undefined for an `await` of a native promise. */
  readonly name: string | undefined;
  /** Where it is declared, or awaited; from 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  /** `a server (createServer of node:net)`. */
  readonly what: string;
}

export function findNativeValues(entry: string): readonly NativeValue[] {
  const { modules } = loadModuleGraph(resolve(entry), readOrNothing);
  return modules.flatMap(({ path, program }) => {
    const makers = importedNames(program);
    const found: NativeValue[] = [];
    const visit = (node: Node): void => {
      const { line, column } = node.loc!.start;
      if (node.type === 'VariableDeclarator' && node['id'].type === 'Identifier' && node['init']) {
        const what = whatIsMade(node['init'] as Node, makers);
        if (what !== undefined) found.push({ path, name: node['id'].name as string, line, column, what });
      } else if (node.type === 'AwaitExpression') {
        const what = whatIsMade(node['argument'] as Node, makers);
        if (what?.startsWith(PROMISE)) found.push({ path, name: undefined, line, column, what });
      }
      forEachChild(node, visit);
    };
    visit(program);
    return found;
  });
}

interface Imported {
  readonly specifier: string;
  /** `*` for a whole module. */
  readonly name: string;
}

/** Names of the module that come from packages. */
function importedNames(program: Node): ReadonlyMap<string, Imported> {
  const names = new Map<string, Imported>();
  for (const statement of program['body'] as Node[]) {
    const specifier = statement['source']?.value as unknown;
    if (statement.type !== 'ImportDeclaration' || typeof specifier !== 'string' || isRelative(specifier))
      continue;
    for (const part of statement['specifiers'] as Node[]) {
      const isWhole = part.type !== 'ImportSpecifier';
      const name = isWhole ? '*' : ((part['imported'].name ?? part['imported'].value) as string);
      names.set(part['local'].name as string, { specifier: specifier.replace(/^node:/, ''), name });
    }
  }
  return names;
}

function whatIsMade(value: Node, makers: ReadonlyMap<string, Imported>): string | undefined {
  const isAwaited = value.type === 'AwaitExpression';
  const made = (isAwaited ? value['argument'] : value) as Node;
  if (made.type !== 'CallExpression' && made.type !== 'NewExpression') return undefined;
  const callee = made['callee'] as Node;
  const maker = makerOf(callee, makers);
  if (maker === undefined) return undefined;
  const { specifier, name } = maker;
  const of = specifier === '' ? name : `${name} of node:${specifier}`;
  const known = NATIVE_MAKERS[specifier]?.[name];
  if (known !== undefined)
    return isAwaited || !known.startsWith('await ') ? `${known.replace('await ', '')} (${of})` : promise(of);
  return PROMISING_MODULES.includes(specifier) && !isAwaited && made.type === 'CallExpression'
    ? promise(of)
    : undefined;
}

const PROMISE = 'a promise of native code';
const promise = (of: string): string => `${PROMISE} (${of})`;

function makerOf(callee: Node, makers: ReadonlyMap<string, Imported>): Imported | undefined {
  if (callee.type === 'Identifier') {
    const imported = makers.get(callee['name'] as string);
    return imported ?? { specifier: '', name: callee['name'] as string };
  }
  if (callee.type !== 'MemberExpression' || callee['computed']) return undefined;
  const whole =
    callee['object'].type === 'Identifier' ? makers.get(callee['object'].name as string) : undefined;
  return whole?.name === '*' ? { ...whole, name: callee['property'].name as string } : undefined;
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
