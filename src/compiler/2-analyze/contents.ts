/**
 * What a variable of the module level may hold after the module was evaluated, judged by the expression that makes it. Calls of the
 * script's own functions are followed, also into other modules of the bundle, as far as their `return` statements tell.
 */
import { forEachChild, isFunction, type Node } from '../ast.ts';
import { isStaticCode } from './function-kinds.ts';
import type { Binding, FunctionInfo, ModuleAnalysis } from './model.ts';
import type { ResolveNamespace, ResolveVariable } from './module-state.ts';

/**
 * `constant`: never changes; `resource`: made by a package or by Node, by reference; `flat`: data without inner objects; `data`: data.
 * In this order: what may be two of them is the later one.
 */
export type Contents = 'constant' | 'resource' | 'flat' | 'data';
const ORDER: readonly Contents[] = ['constant', 'resource', 'flat', 'data'];

/** Global classes with data that can be changed. What they give when they are called, and what their static functions give, is such data, too. */
const DATA_CLASSES =
  /^(Array|Object|Boolean|Number|String|RegExp|\w*Error|Map|Set|Date|\w*Array|ArrayBuffer|DataView|WeakMap|WeakSet|WeakRef|FinalizationRegistry|Proxy|URL|URLSearchParams|Headers|FormData|AbortController|EventTarget)$/;
/** Global functions besides that make it. */
const MAKERS = /^((Iterator|Reflect|AbortSignal|Buffer)(\.\w+)?|JSON\.parse|structuredClone)$/;
/** Those that give what is no object. */
const PRIMITIVE =
  /^((Number|String|Boolean|BigInt|Symbol|parseInt|parseFloat|Math|Date|performance|isNaN)(\.\w+)?|Object\.(is\w*|hasOwn)|Array\.isArray|ArrayBuffer\.isView|Error\.isError|JSON\.stringify|Reflect\.has|URL\.canParse)$/;
/** Those that give their first argument, which can hold other values after it as before. */
const SEALERS = /^Object\.(seal|preventExtensions)$/;

/** Where a variable of the module level gets its first value. */
interface Origin {
  readonly analysis: ModuleAnalysis;
  /** Undefined: it has none. */
  readonly init: Node | undefined;
  /** It is the whole value, not a part of it. */
  readonly whole: boolean;
}

export class ContentsOf {
  readonly #resolve: ResolveVariable;
  readonly #namespace: ResolveNamespace;
  readonly #origins = new Map<Binding, Origin>();
  readonly #open = new Set<Node>();

  constructor(modules: readonly ModuleAnalysis[], resolve: ResolveVariable, namespace: ResolveNamespace) {
    this.#resolve = resolve;
    this.#namespace = namespace;
    for (const analysis of modules)
      for (const { id, init } of analysis.onceDeclarators as Declarator[]) {
        const whole = id.type === 'Identifier';
        eachIdentifier(id, (identifier) => {
          const binding = analysis.bindingOf.get(identifier);
          if (binding && isStaticCode(binding.owner))
            this.#origins.set(binding, { analysis, init: init ?? undefined, whole });
        });
      }
  }

  /** What the variables of `pattern` hold when its value is that of `init`. */
  inPattern(analysis: ModuleAnalysis, init: Node | null, whole: boolean): Contents {
    const contents = init ? this.of(analysis, init) : 'flat';
    return whole || contents === 'constant' || contents === 'resource' ? contents : 'data';
  }

  of(analysis: ModuleAnalysis, node: Node): Contents {
    if (this.#open.has(node)) return 'constant';
    this.#open.add(node);
    try {
      return this.#look(analysis, node);
    } finally {
      this.#open.delete(node);
    }
  }

  #look(analysis: ModuleAnalysis, node: Node): Contents {
    switch (node.type) {
      case 'Literal':
        return node['regex'] ? 'flat' : 'constant';
      case 'TemplateLiteral':
      case 'BinaryExpression':
      case 'UnaryExpression':
      case 'UpdateExpression':
      case 'MetaProperty':
        return 'constant';
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#closure(analysis, node);
      case 'ClassExpression':
        return analysis.classOf.get(node)?.maker ? 'data' : 'constant';
      case 'ArrayExpression':
      case 'ObjectExpression': {
        const values = (node['elements'] ?? node['properties']) as (Node | null)[];
        const flat = values.every(
          (item) =>
            !item || this.of(analysis, item.type === 'Property' ? item['value'] : item) === 'constant',
        );
        return flat ? 'flat' : 'data';
      }
      case 'Identifier':
        return this.#variable(analysis, node);
      case 'MemberExpression':
        return this.#isForeign(analysis, node) ? 'resource' : 'data';
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.of(analysis, node['expression']);
      case 'LogicalExpression':
        return worst([this.of(analysis, node['left']), this.of(analysis, node['right'])]);
      case 'ConditionalExpression':
        return worst([this.of(analysis, node['consequent']), this.of(analysis, node['alternate'])]);
      case 'NewExpression':
        return this.#made(analysis, node);
      case 'CallExpression':
        return this.#called(analysis, node);
      case 'TaggedTemplateExpression':
        return this.#isForeign(analysis, node['tag']) ? 'resource' : 'data';
      default:
        return 'data';
    }
  }

  /** A closure with variables that change holds data; one that exists once has none. */
  #closure(analysis: ModuleAnalysis, node: Node): Contents {
    const info = analysis.infoOf.get(node);
    return info === undefined || info.once || this.#isQuiet(analysis, info) ? 'constant' : 'data';
  }

  #variable(analysis: ModuleAnalysis, node: Node): Contents {
    const own = analysis.bindingOf.get(node);
    if (own === undefined) return node['name'] === 'undefined' ? 'constant' : 'resource';
    const binding = own.kind === 'import' ? this.#resolve(own) : own;
    if (binding === undefined) return this.#namespace(own) ? 'constant' : 'resource';
    if (binding.kind === 'function') return isStaticCode(binding.owner) ? 'constant' : 'data';
    const origin = this.#originOf(analysis, binding);
    // Another name for the same data.
    return origin && !binding.assigned
      ? atLeastData(this.inPattern(origin.analysis, origin.init ?? null, origin.whole))
      : 'data';
  }

  /** Also of a constant of the function that makes something. */
  #originOf(analysis: ModuleAnalysis, binding: Binding): Origin | undefined {
    const known = this.#origins.get(binding);
    if (known || binding.kind !== 'const' || isStaticCode(binding.owner)) return known;
    let found: Origin | undefined;
    const look = (node: Node): void => {
      if (node.type === 'VariableDeclarator' && analysis.bindingOf.get(node['id']) === binding)
        found = { analysis, init: node['init'] ?? undefined, whole: true };
      if (!found) forEachChild(node, look);
    };
    look(binding.scopeNode);
    return found;
  }

  #made(analysis: ModuleAnalysis, node: Node): Contents {
    const callee = node['callee'] as Node;
    if (callee.type === 'Identifier' && analysis.bindingOf.get(callee) === undefined) {
      if (!DATA_CLASSES.test(callee['name'])) return 'resource';
      return node['arguments'].length === 0 ? 'flat' : 'data';
    }
    return this.#isForeign(analysis, callee) ? 'resource' : 'data';
  }

  #called(analysis: ModuleAnalysis, node: Node): Contents {
    const callee = node['callee'] as Node;
    const text = calleeText(callee);
    const isGlobal = isGlobalCall(analysis, callee);
    if (isGlobal && text === 'Object.freeze')
      return this.of(analysis, node['arguments'][0]) === 'flat' ? 'constant' : 'data';
    if (isGlobal && SEALERS.test(text)) return this.of(analysis, node['arguments'][0]);
    if (isGlobal && PRIMITIVE.test(text)) return 'constant';
    if (isGlobal && (MAKERS.test(text) || DATA_CLASSES.test(text.split('.')[0]!))) return 'data';
    // `[1, 2].map(...)`, `'a b'.split(' ')`: methods of data that is written here.
    if (callee.type === 'MemberExpression' && this.#isWritten(analysis, callee['object'])) return 'data';
    if (callee.type === 'MemberExpression' && callee['property'].name === 'split') return 'flat';
    // A function written here makes data; enums are such calls.
    if (callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression') return 'flat';
    if (this.#isForeign(analysis, callee)) return 'resource';
    return this.#result(analysis, node) ?? 'data';
  }

  #isWritten(analysis: ModuleAnalysis, node: Node): boolean {
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') return true;
    const contents = /^(Array|Object|Call|New)Expression$/.test(node.type)
      ? this.of(analysis, node)
      : undefined;
    return contents === 'flat' || contents === 'data';
  }

  /** Whether a package, Node or the language gives the value of `node`. */
  #isForeign(analysis: ModuleAnalysis, node: Node): boolean {
    switch (node.type) {
      case 'Identifier':
        return this.#variable(analysis, node) === 'resource';
      case 'MemberExpression': {
        const root = node['object'] as Node;
        const own = root.type === 'Identifier' ? analysis.bindingOf.get(root) : undefined;
        if (own?.kind === 'import' && this.#namespace(own)) return false;
        return this.#isForeign(analysis, root);
      }
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.#isForeign(analysis, node['expression']);
      case 'CallExpression':
      case 'NewExpression':
        return this.of(analysis, node) === 'resource';
      case 'MetaProperty':
        return true;
      default:
        return false;
    }
  }

  /** What a call of a function of the script gives, as its text tells. Undefined: nobody knows. */
  #result(analysis: ModuleAnalysis, node: Node): Contents | undefined {
    const found = this.#functionOf(analysis, node['callee']);
    if (found === undefined || found.node['async'] || found.node['generator']) return undefined;
    const given = (node['arguments'] as Node[]).every((input) => this.of(analysis, input) === 'constant');
    const results = returned(found.node).map((value): Contents => {
      const contents = this.of(found.analysis, value);
      // Closures over parameters are as quiet as what they are given.
      return contents === 'constant' && !given && !isPrimitive(value) ? 'data' : contents;
    });
    return worst(results);
  }

  #functionOf(analysis: ModuleAnalysis, callee: Node): { analysis: ModuleAnalysis; node: Node } | undefined {
    const own = callee.type === 'Identifier' ? analysis.bindingOf.get(callee) : undefined;
    const binding = own?.kind === 'import' ? this.#resolve(own) : own;
    if (binding === undefined || binding.assigned) return undefined;
    if (binding.kind === 'function') {
      const home = binding.owner.node === analysis.program ? analysis : undefined;
      const declaration = home && declarationOf(home, binding);
      return declaration && { analysis, node: declaration };
    }
    const origin = this.#origins.get(binding);
    return origin?.whole && origin.init && isFunction(origin.init)
      ? { analysis: origin.analysis, node: origin.init }
      : undefined;
  }

  /** Nothing that the closure captures changes. */
  #isQuiet(analysis: ModuleAnalysis, info: FunctionInfo): boolean {
    return info.cells.every((cell) => {
      if (cell.assigned) return false;
      if (cell.kind === 'param') return true;
      if (cell.kind !== 'const') return false;
      const init = this.#originOf(analysis, cell)?.init;
      const contents = init && this.of(analysis, init);
      return contents === 'constant' || contents === 'resource';
    });
  }
}

interface Declarator extends Node {
  readonly id: Node;
  readonly init: Node | null;
}

const worst = (all: readonly Contents[]): Contents =>
  all.reduce<Contents>((a, b) => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b), 'constant');

const atLeastData = (contents: Contents): Contents => (contents === 'flat' ? 'data' : contents);

const isPrimitive = (node: Node): boolean =>
  /^(Literal|TemplateLiteral|BinaryExpression|UnaryExpression)$/.test(node.type);

function eachIdentifier(pattern: Node, visit: (node: Node) => void): void {
  if (pattern.type === 'Identifier') visit(pattern);
  else forEachChild(pattern, (child) => eachIdentifier(child, visit));
}

function declarationOf(analysis: ModuleAnalysis, binding: Binding): Node | undefined {
  return analysis.functions.find(
    ({ node }) => node.type === 'FunctionDeclaration' && analysis.bindingOf.get(node['id']) === binding,
  )?.node;
}

/** Operands of its `return` statements. */
function returned(fn: Node): Node[] {
  if (fn['body'].type !== 'BlockStatement') return [fn['body'] as Node];
  const found: Node[] = [];
  const look = (node: Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement' && node['argument']) found.push(node['argument']);
    forEachChild(node, look);
  };
  look(fn['body']);
  return found;
}

function isGlobalCall(analysis: ModuleAnalysis, callee: Node): boolean {
  const root = (callee.type === 'MemberExpression' ? callee['object'] : callee) as Node;
  return root.type === 'Identifier' && analysis.bindingOf.get(root) === undefined;
}

export function calleeText(callee: Node): string {
  if (callee.type === 'Identifier') return callee['name'];
  if (callee.type === 'MemberExpression' && !callee['computed'] && callee['object'].type === 'Identifier') {
    return `${callee['object'].name}.${callee['property'].name}`;
  }
  return '';
}
