/** Names across the modules of a bundle: what each import means, and a distinct variable for every module-level name. */
import type { GraphModule } from '../1-parse/module-graph.ts';
import { isRelative } from '../1-parse/module-graph.ts';
import type { Node } from '../ast.ts';
import { boundIdentifiers } from '../ast.ts';
import type { Binding, ModuleAnalysis } from '../2-analyze/model.ts';
import { nameOfExport } from '../2-analyze/names.ts';
import type { NameAllocator } from '../3-lower/bundle-output.ts';
import { identifier, member, element, literal, type Expression } from '../3-lower/builders.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/diagnostic.ts';

/** What an exported name stands for. */
type Target =
  | {
      readonly type: 'variable';
      readonly output: () => string;
      readonly binding: Binding | undefined;
      readonly module: string;
    }
  | { readonly type: 'native'; readonly specifier: string; readonly name: string }
  | { readonly type: 'namespace'; readonly module: string };

interface LinkedModule {
  readonly graph: GraphModule;
  readonly analysis: ModuleAnalysis;
  readonly exports: Map<string, () => Target | undefined>;
  readonly stars: string[];
  defaultName: string;
}

export class Linker {
  /** Native specifiers, in order of first use. */
  readonly imports: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #modules = new Map<string, LinkedModule>();
  readonly #names: NameAllocator;
  readonly #importTargets = new Map<Binding, Target>();
  readonly #namespaces = new Map<string, string>();
  readonly #nativeVariables = new Map<string, string>();

  constructor(modules: readonly { graph: GraphModule; analysis: ModuleAnalysis }[], names: NameAllocator) {
    this.#names = names;
    for (const { graph, analysis } of modules) {
      const linked: LinkedModule = { graph, analysis, exports: new Map(), stars: [], defaultName: '' };
      this.#modules.set(graph.path, linked);
    }
    for (const linked of this.#modules.values()) this.#collectExports(linked);
    this.#nameVariables();
    for (const linked of this.#modules.values()) this.#resolveImports(linked);
  }

  defaultName(path: string): string {
    return this.#modules.get(path)!.defaultName;
  }

  /** How a module-level binding reads in the bundle. */
  resolve(binding: Binding): Expression {
    const target = this.#importTargets.get(binding);
    return target ? this.#expression(target) : identifier(binding.output);
  }

  /** The variable behind an import of a relative module. */
  variableBehind(binding: Binding): Binding | undefined {
    const target = this.#importTargets.get(binding);
    return target?.type === 'variable' ? target.binding : undefined;
  }

  /** Of `import * as` of a relative module: the variables behind what it exports, by name. */
  exportsBehind(binding: Binding): ReadonlyMap<string, Binding> | undefined {
    const target = this.#importTargets.get(binding);
    if (target?.type !== 'namespace') return undefined;
    const found = new Map<string, Binding>();
    for (const name of this.#exportNames(target.module, new Set())) {
      const exported = this.#resolveExport(target.module, name, new Set());
      if (exported?.type === 'variable' && exported.binding) found.set(name, exported.binding);
    }
    return found;
  }

  /** Exports of a module: name -> expression. */
  exportsOf(path: string): Map<string, Expression> {
    const found = new Map<string, Expression>();
    for (const name of this.#exportNames(path, new Set())) {
      const target = this.#resolveExport(path, name, new Set());
      if (target) found.set(name, this.#expression(target));
    }
    return found;
  }

  nativeVariables(): ReadonlyMap<string, string> {
    return this.#nativeVariables;
  }

  /** Variables of namespace objects, by module path. Grows while they are printed. */
  namespaces(): ReadonlyMap<string, string> {
    return this.#namespaces;
  }

  #expression(target: Target): Expression {
    if (target.type === 'variable') return identifier(target.output());
    if (target.type === 'namespace') {
      let name = this.#namespaces.get(target.module);
      if (name === undefined) this.#namespaces.set(target.module, (name = this.#names.fresh('$namespace')));
      return identifier(name);
    }
    let variable = this.#nativeVariables.get(target.specifier);
    if (variable === undefined)
      this.#nativeVariables.set(
        target.specifier,
        (variable = this.#names.fresh(`$m${this.#nativeVariables.size}`)),
      );
    if (target.name === '*') return identifier(variable);
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(target.name)
      ? member(variable, target.name)
      : element(identifier(variable), literal(target.name));
  }

  /** Gives each module-level variable a name of its own in the bundle. */
  #nameVariables(): void {
    const used = new Set<string>();
    for (const { analysis } of this.#modules.values()) for (const name of analysis.globals) used.add(name);
    const aliased = this.#aliasedNames();
    for (const linked of this.#modules.values()) {
      for (const binding of new Set(linked.analysis.bindingOf.values())) {
        if (!binding.moduleLevel || binding.kind === 'import') continue;
        const taken = used.has(binding.name) || aliased.has(binding) || binding.kind === 'home';
        // A class seen from inside its body has the same name as outside.
        if (binding.kind === 'class' && binding.scopeNode.type !== 'Program') continue;
        binding.output = taken ? this.#names.fresh(binding.name) : binding.name;
        used.add(binding.output);
      }
      linked.defaultName = this.#names.fresh('$default');
    }
  }

  /** Variables that some module imports under another name: that name may hide theirs in a function. */
  #aliasedNames(): Set<Binding> {
    const aliased = new Set<Binding>();
    for (const { graph } of this.#modules.values()) {
      for (const statement of graph.program['body'] as Node[]) {
        if (statement.type !== 'ImportDeclaration') continue;
        const path = graph.dependencies.get(statement['source'].value);
        if (path === undefined) continue;
        for (const item of statement['specifiers'] as Node[]) {
          if (item.type === 'ImportNamespaceSpecifier') continue;
          const imported =
            item.type === 'ImportDefaultSpecifier' ? 'default' : nameOfExport(item['imported']);
          const target = this.#resolveExport(path, imported, new Set());
          if (target?.type === 'variable' && target.binding && target.binding.name !== item['local'].name)
            aliased.add(target.binding);
        }
      }
    }
    return aliased;
  }

  #collectExports(linked: LinkedModule): void {
    const { graph, analysis, exports } = linked;
    const local = (name: string, node: Node): void => {
      const binding = analysis.bindingOf.get(node);
      if (!binding) return;
      exports.set(name, () =>
        binding.kind === 'import'
          ? this.#importTarget(linked, binding)
          : { type: 'variable', output: () => binding.output, binding, module: graph.path },
      );
    };
    for (const statement of graph.program['body'] as Node[]) {
      if (statement.type === 'ExportDefaultDeclaration') {
        const declaration = statement['declaration'] as Node;
        const named = declaration.type === 'Identifier' ? analysis.bindingOf.get(declaration) : undefined;
        if (named?.moduleLevel && named.kind === 'const') local('default', declaration);
        else if (declaration['id'] && declaration.type.endsWith('Declaration'))
          local('default', declaration['id']);
        else
          exports.set('default', () => ({
            type: 'variable',
            output: () => linked.defaultName,
            binding: undefined,
            module: graph.path,
          }));
      } else if (statement.type === 'ExportAllDeclaration') {
        const specifier: string = statement['source'].value;
        if (!statement['exported']) linked.stars.push(specifier);
        else {
          const path = graph.dependencies.get(specifier);
          const target: Target =
            path === undefined
              ? { type: 'native', specifier, name: '*' }
              : { type: 'namespace', module: path };
          exports.set(nameOfExport(statement['exported']), () => this.#noteNative(target));
        }
      } else if (statement.type === 'ExportNamedDeclaration') {
        this.#collectNamed(linked, statement, local);
      }
    }
  }

  #collectNamed(linked: LinkedModule, statement: Node, local: (name: string, node: Node) => void): void {
    const { graph, exports } = linked;
    const declaration = statement['declaration'] as Node | null;
    if (declaration?.type === 'VariableDeclaration') {
      for (const declarator of declaration['declarations'] as Node[])
        for (const node of boundIdentifiers(declarator['id'])) local(node['name'], node);
    } else if (declaration) local(declaration['id'].name, declaration['id']);
    const specifier: string | undefined = statement['source']?.value;
    for (const item of statement['specifiers'] as Node[]) {
      const name = nameOfExport(item['exported']);
      if (specifier === undefined) local(name, item['local']);
      else {
        const path = graph.dependencies.get(specifier);
        const imported = nameOfExport(item['local']);
        exports.set(name, () =>
          path === undefined
            ? this.#noteNative({ type: 'native', specifier, name: imported })
            : this.#resolveExport(path, imported, new Set()),
        );
      }
    }
  }

  #noteNative<T extends Target>(target: T): T {
    if (target.type === 'native' && !this.imports.includes(target.specifier))
      this.imports.push(target.specifier);
    return target;
  }

  #resolveImports(linked: LinkedModule): void {
    for (const statement of linked.graph.program['body'] as Node[]) {
      const specifier: unknown = statement['source']?.value;
      // Imported for its effects, too.
      if (typeof specifier === 'string' && !isRelative(specifier))
        this.#noteNative({ type: 'native', specifier, name: '*' });
      if (statement.type !== 'ImportDeclaration') continue;
      for (const item of statement['specifiers'] as Node[]) {
        const binding = linked.analysis.bindingOf.get(item['local'])!;
        const target = this.#importTarget(linked, binding);
        if (target) this.#importTargets.set(binding, target);
        else if (linked.graph.dependencies.has(String(specifier))) {
          const { path, source } = linked.graph;
          const name = item.type === 'ImportDefaultSpecifier' ? 'default' : nameOfExport(item['imported']);
          this.diagnostics.push(
            makeDiagnostic('WM1003', path, source, item.loc!.start, { specifier: String(specifier), name }),
          );
        }
      }
    }
  }

  #importTarget(linked: LinkedModule, binding: Binding): Target | undefined {
    for (const statement of linked.graph.program['body'] as Node[]) {
      if (statement.type !== 'ImportDeclaration') continue;
      for (const item of statement['specifiers'] as Node[]) {
        if (linked.analysis.bindingOf.get(item['local']) !== binding) continue;
        const specifier: string = statement['source'].value;
        const path = linked.graph.dependencies.get(specifier);
        const name =
          item.type === 'ImportNamespaceSpecifier'
            ? '*'
            : item.type === 'ImportDefaultSpecifier'
              ? 'default'
              : nameOfExport(item['imported']);
        if (path === undefined)
          return isRelative(specifier) ? undefined : this.#noteNative({ type: 'native', specifier, name });
        return name === '*'
          ? { type: 'namespace', module: path }
          : this.#resolveExport(path, name, new Set());
      }
    }
    return undefined;
  }

  /** ECMA-262 ResolveExport. */
  #resolveExport(path: string, name: string, seen: Set<string>): Target | undefined {
    const linked = this.#modules.get(path);
    const key = `${path}\0${name}`;
    if (!linked || seen.has(key)) return undefined;
    seen.add(key);
    const own = linked.exports.get(name);
    if (own) return own();
    if (name === 'default') return undefined;
    for (const specifier of linked.stars) {
      const target = linked.graph.dependencies.get(specifier);
      const found = target === undefined ? undefined : this.#resolveExport(target, name, seen);
      if (found) return found;
    }
    return undefined;
  }

  #exportNames(path: string, seen: Set<string>): string[] {
    const linked = this.#modules.get(path);
    if (!linked || seen.has(path)) return [];
    seen.add(path);
    const inherited = linked.stars.flatMap((specifier) =>
      this.#exportNames(linked.graph.dependencies.get(specifier) ?? '', seen),
    );
    return [
      ...new Set([...linked.exports.keys(), ...inherited.filter((name) => name !== 'default')]),
    ].toSorted();
  }
}
