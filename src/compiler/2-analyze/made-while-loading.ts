/**
 * Which classes of the module level extend a class that the script's own code makes while the module is evaluated, as
 * `class Order extends Timestamped(Base)` does. What such a base holds belongs to the instance, and a restored instance has another one;
 * so the class is one that is made at run time, too, and is made again together with its base.
 */
import type { GraphModule } from '../1-parse/module-graph.ts';
import { boundIdentifiers, forEachChild, isFunction, type Node } from '../ast.ts';
import { nameOfExport } from './names.ts';

/** What a name at the top of a module stands for. */
type Meaning =
  | { readonly kind: 'class'; readonly node: Node }
  | { readonly kind: 'function' }
  | { readonly kind: 'value'; readonly inits: readonly (Node | null)[] }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string };

interface Names {
  readonly graph: GraphModule;
  readonly locals: Map<string, Meaning>;
  /** Exported name -> local name, or name in another module. */
  readonly exports: Map<string, Meaning>;
  readonly stars: string[];
}

/** The class nodes, in all `modules`. */
export function classesOverMadeOnes(modules: readonly GraphModule[]): ReadonlySet<Node> {
  return new Heritage(modules).found;
}

class Heritage {
  readonly found = new Set<Node>();
  readonly #names = new Map<string, Names>();
  readonly #known = new Map<Node, boolean>();
  /** Expressions that are being looked at. */
  readonly #open = new Set<Node>();

  constructor(modules: readonly GraphModule[]) {
    const withHeritage = modules.some(({ program }) => anyNode(program, isDerivedClass));
    if (!withHeritage) return;
    for (const graph of modules) this.#names.set(graph.path, namesOf(graph));
    for (const graph of modules) {
      const names = this.#names.get(graph.path)!;
      eachStaticClass(graph.program, (node) => {
        if (this.#isMadeClass(node, names)) this.found.add(node);
      });
    }
  }

  #isMadeClass(node: Node, names: Names): boolean {
    return node['superClass'] != null && this.#isMade(node['superClass'], names);
  }

  /** Whether the value of the expression may be something that functions of the script make. */
  #isMade(node: Node, names: Names): boolean {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (this.#open.has(node)) return false;
    this.#open.add(node);
    const made = this.#look(node, names);
    this.#open.delete(node);
    this.#known.set(node, made);
    return made;
  }

  #look(node: Node, names: Names): boolean {
    switch (node.type) {
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#isMadeClass(node, names);
      case 'Identifier':
        return this.#means(names.locals.get(node['name']), names);
      case 'MemberExpression':
        return this.#member(node, names);
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return this.#call(node, names);
      default: {
        if (isFunction(node)) return false;
        let made = false;
        forEachChild(node, (child) => {
          made ||= this.#isMade(child, names);
        });
        return made;
      }
    }
  }

  #means(meaning: Meaning | undefined, names: Names): boolean {
    switch (meaning?.kind) {
      case 'class':
        return this.#isMade(meaning.node, names);
      case 'value':
        return meaning.inits.some((init) => init === null || this.#isMade(init, names));
      case 'import': {
        const path = names.graph.dependencies.get(meaning.specifier);
        return path !== undefined && this.#exported(path, meaning.name, new Set());
      }
      default:
        return false;
    }
  }

  #exported(path: string, name: string, seen: Set<string>): boolean {
    const names = this.#names.get(path);
    if (names === undefined || seen.has(path)) return false;
    seen.add(path);
    // Of a namespace, whatever it has.
    if (name === '*') return [...names.exports.values()].some((meaning) => this.#means(meaning, names));
    const own = names.exports.get(name);
    if (own !== undefined) return this.#means(own, names);
    return names.stars.some((specifier) =>
      this.#exported(names.graph.dependencies.get(specifier) ?? '', name, seen),
    );
  }

  #member(node: Node, names: Names): boolean {
    const object = node['object'] as Node;
    const meaning = object.type === 'Identifier' ? names.locals.get(object['name']) : undefined;
    if (meaning?.kind === 'import' && meaning.name === '*' && !node['computed']) {
      const path = names.graph.dependencies.get(meaning.specifier);
      return path !== undefined && this.#exported(path, node['property'].name, new Set());
    }
    return this.#isMade(object, names);
  }

  /** Own functions may make it; a package gives something of its own, or what it was given. */
  #call(node: Node, names: Names): boolean {
    const inputs = (node['arguments'] ?? node['quasi']?.expressions ?? []) as Node[];
    return (
      this.#isOwnCallee((node['callee'] ?? node['tag']) as Node, names, new Set()) ||
      inputs.some((input) => this.#isMade(input, names))
    );
  }

  #isOwnCallee(callee: Node, names: Names, seen: Set<Node>): boolean {
    if (seen.has(callee)) return false;
    seen.add(callee);
    switch (callee.type) {
      case 'Identifier': {
        const meaning = names.locals.get(callee['name']);
        if (meaning === undefined) return false;
        if (meaning.kind === 'import') return names.graph.dependencies.has(meaning.specifier);
        if (meaning.kind !== 'value') return true;
        // A variable may hold a function of a package.
        return meaning.inits.some((init) => init === null || this.#isOwnCallee(init, names, seen));
      }
      case 'MemberExpression':
        return this.#isOwnCallee(callee['object'], names, seen);
      case 'CallExpression':
        return this.#isOwnCallee(callee['callee'], names, seen);
      case 'ChainExpression':
        return this.#isOwnCallee(callee['expression'], names, seen);
      default:
        return true;
    }
  }
}

const isDerivedClass = (node: Node): boolean =>
  (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node['superClass'] != null;

function anyNode(node: Node, test: (node: Node) => boolean): boolean {
  if (test(node)) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= anyNode(child, test);
  });
  return found;
}

/** Classes in code that runs while the module is evaluated. */
function eachStaticClass(node: Node, visit: (cls: Node) => void): void {
  if (isFunction(node)) return;
  if (isDerivedClass(node)) visit(node);
  forEachChild(node, (child) => {
    const isLater = node.type === 'PropertyDefinition' && node['static'] !== true && child === node['value'];
    if (!isLater) eachStaticClass(child, visit);
  });
}

function namesOf(graph: GraphModule): Names {
  const names: Names = { graph, locals: new Map(), exports: new Map(), stars: [] };
  const value = (name: string, init: Node | null): void => {
    const known = names.locals.get(name);
    const before = known?.kind === 'value' ? known.inits : [];
    names.locals.set(name, { kind: 'value', inits: [...before, init] });
  };
  const collect = (node: Node): void => {
    if (node.type === 'FunctionDeclaration') names.locals.set(node['id']?.name ?? '', { kind: 'function' });
    if (isFunction(node)) return;
    if (node.type === 'ClassDeclaration' && node['id']) {
      names.locals.set(node['id'].name, { kind: 'class', node });
    } else if (node.type === 'VariableDeclarator') {
      const init = node['init'] as Node | null;
      for (const id of boundIdentifiers(node['id'])) value(id['name'], init);
    } else if (node.type === 'AssignmentExpression') {
      for (const id of boundIdentifiers(node['left'])) value(id['name'], node['right']);
    } else if (node.type === 'ImportDeclaration') {
      for (const item of node['specifiers'] as Node[])
        names.locals.set(item['local'].name, {
          kind: 'import',
          specifier: node['source'].value,
          name: importedName(item),
        });
      return;
    }
    forEachChild(node, collect);
  };
  collect(graph.program);
  for (const statement of graph.program['body'] as Node[]) collectExports(statement, names);
  return names;
}

function importedName(item: Node): string {
  if (item.type === 'ImportNamespaceSpecifier') return '*';
  return item.type === 'ImportDefaultSpecifier' ? 'default' : nameOfExport(item['imported']);
}

function collectExports(statement: Node, { exports, locals, stars }: Names): void {
  const local = (name: string, of: string): void => {
    const meaning = locals.get(of);
    if (meaning !== undefined) exports.set(name, meaning);
  };
  if (statement.type === 'ExportDefaultDeclaration') {
    const node = statement['declaration'] as Node;
    if (node.type === 'ClassDeclaration') exports.set('default', { kind: 'class', node });
    else if (node.type === 'FunctionDeclaration') exports.set('default', { kind: 'function' });
    else exports.set('default', { kind: 'value', inits: [node] });
  } else if (statement.type === 'ExportAllDeclaration') {
    const specifier = statement['source'].value as string;
    if (!statement['exported']) stars.push(specifier);
    else exports.set(nameOfExport(statement['exported']), { kind: 'import', specifier, name: '*' });
  } else if (statement.type === 'ExportNamedDeclaration') {
    const declaration = statement['declaration'] as Node | null;
    const declared =
      declaration?.type === 'VariableDeclaration' ? declaration['declarations'] : [declaration];
    for (const item of declared as (Node | null)[])
      if (item) for (const id of boundIdentifiers(item['id'])) local(id['name'], id['name']);
    for (const item of statement['specifiers'] as Node[]) {
      const name = nameOfExport(item['exported']);
      const own = nameOfExport(item['local']);
      if (statement['source'] == null) local(name, own);
      else exports.set(name, { kind: 'import', specifier: statement['source'].value, name: own });
    }
  }
}
