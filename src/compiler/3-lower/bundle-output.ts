/** What lowering the modules of a bundle produces besides their statements: numbers, names, factories, resume functions. */
import { REPLACED_GLOBALS } from '../../frame-abi.ts';
import type { FunctionIdentity, FunctionMetadata, SuspensionPoint } from '../../bundle.ts';
import { type Identity, identitiesOf } from '../2-analyze/identities.ts';
import type { Binding, BindingKind, ClassInfo, FunctionInfo, ModuleAnalysis } from '../2-analyze/model.ts';
import type { Node } from '../ast.ts';
import {
  array,
  arrow,
  call,
  declareAll,
  element,
  evaluate,
  identifier,
  literal,
  member,
  object,
  property,
  type Expression,
  type Statement,
} from './builders.ts';

const REPLACED: ReadonlySet<string> = new Set(REPLACED_GLOBALS);

/** Names under which a bundle uses the frame ABI; `$` in front keeps them apart from the author's. */
export class NameAllocator {
  /** Functions of the bundle read `$f0`, `$f1` ... */
  handlePrefix = '$f';
  /** Set when the bundle uses it. */
  emptySlots: string | undefined;
  /** Names of boxes end so. */
  boxSuffix = '$box';
  readonly #taken = new Set<string>();
  readonly #abi = new Map<string, string>();

  take(names: Iterable<string>): void {
    for (const name of names) this.#taken.add(name);
    // Handles are numbered without asking one by one; `fresh` never gives a name of this form.
    const isHandle = (name: string): boolean =>
      name.startsWith(this.handlePrefix) && /^\d+$/.test(name.slice(this.handlePrefix.length));
    while ([...this.#taken].some(isHandle)) this.handlePrefix += '_';
    while ([...this.#taken].some((name) => name.endsWith(this.boxSuffix))) this.boxSuffix += '_';
  }

  /** Keeps `fresh` and `local` away from a name. */
  reserve(name: string): void {
    this.#taken.add(name);
  }

  /** `base` itself if it is free, else with a number. */
  fresh(base: string): string {
    let name = base;
    for (let number = 1; this.#taken.has(name); number++) name = `${base}$${number}`;
    this.#taken.add(name);
    return name;
  }

  /** A name for use inside one function: free of clashes with the author's, possibly used by other functions too. */
  local(base: string): string {
    let name = base;
    for (let number = 1; this.#taken.has(name); number++) name = `${base}$${number}`;
    return name;
  }

  /** The local name of an entry of the ABI. */
  abi(entry: string): string {
    let name = this.#abi.get(entry);
    if (name === undefined) this.#abi.set(entry, (name = this.fresh(`$${entry}`)));
    return name;
  }

  /** How a global of the author reads: some are the runtime's own. */
  global(name: string): string {
    return REPLACED.has(name) ? this.abi(name) : name;
  }

  /** The variable of the list that stands for all empty lists of slots. */
  noSlots(): string {
    return (this.emptySlots ??= this.fresh('$none'));
  }

  usedAbi(): ReadonlyMap<string, string> {
    return this.#abi;
  }
}

/** The class made at run time in whose body the code of `fn` has to stay, because it uses its private names. */
export function kitClass(fn: FunctionInfo): ClassInfo | undefined {
  return fn.usesPrivateNames && fn.enclosingClass?.maker ? fn.enclosingClass : undefined;
}

/** How a module-level name of the author reads in the bundle. */
export type ResolveModuleName = (binding: Binding) => Expression;

const PSEUDO: ReadonlySet<BindingKind> = new Set(['this', 'arguments', 'newTarget', 'self', 'home']);

/**
 * The name of a variable in generated code. A box has one of its own: the author's name is left for what the engine quotes in messages
 * (quoted-names.ts).
 */
export function storageName(names: NameAllocator, { name, boxed, kind, moduleLevel }: Binding): string {
  return boxed && !moduleLevel && !PSEUDO.has(kind) ? name + names.boxSuffix : name;
}

/** The letter of `SuspensionPoint.kinds` for a variable. */
export const kindOf = (binding: Binding): 'c' | 'v' => (binding.boxed ? 'c' : 'v');

export class ModuleOutput {
  readonly analysis: ModuleAnalysis;
  readonly names: NameAllocator;
  readonly resolve: ResolveModuleName;
  /** Index in `Bundle.sources`. */
  readonly sourceIndex: number;
  /** Functions at the top of the module's code: factories and registrations, hoisted or first. */
  readonly prologue: Statement[] = [];
  /** Variables that code in class bodies assigns: factories that use private names, classes. */
  readonly variables: string[] = [];
  readonly metadata: Map<number, FunctionMetadata>;
  readonly state: ReadonlySet<Binding>;
  readonly identities: ReadonlyMap<Node, Identity>;
  /** Blocks at module level with variables that belong to the instance, and the variables of the bundle with access to them. */
  readonly blocks: { readonly variable: string; readonly bindings: readonly Binding[] }[] = [];
  metaVariable: string | undefined;
  /** Functions in literals whose properties functions change, and the variables of the bundle that hold them. */
  readonly members: ReadonlySet<Node>;
  readonly memberVariables = new Map<Node, string>();
  /** Statements that belong into a class body, because they use its private names. */
  readonly classStatements = new Map<ClassInfo, Statement[]>();
  /** The same for classes made at run time: properties of an object literal. */
  readonly kits = new Map<ClassInfo, Node[]>();

  constructor(
    analysis: ModuleAnalysis,
    names: NameAllocator,
    resolve: ResolveModuleName,
    sourceIndex: number,
    metadata: Map<number, FunctionMetadata>,
    state: ReadonlySet<Binding>,
    members: ReadonlySet<Node>,
  ) {
    this.members = members;
    this.analysis = analysis;
    this.names = names;
    this.resolve = resolve;
    this.sourceIndex = sourceIndex;
    this.metadata = metadata;
    this.state = state;
    this.identities = identitiesOf(analysis);
    for (const binding of new Set(analysis.bindingOf.values()))
      if (binding.boxed && !binding.moduleLevel && binding.output === binding.name) {
        binding.output = storageName(names, binding);
        names.reserve(binding.output);
      }
  }

  abi(entry: string): string {
    return this.names.abi(entry);
  }

  /** The variable that holds this module's `import.meta`. */
  importMeta(): string {
    return (this.metaVariable ??= this.names.fresh('$meta'));
  }

  /** True if the module-level variable belongs to the instance. */
  isState(binding: Binding): boolean {
    return this.state.has(binding);
  }

  /** The list of slots that a wait or a call hands over. Nobody changes one, so those without any are one: a frame costs that much less. */
  slots(values: readonly Expression[]): Expression {
    return values.length === 0 ? identifier(this.names.noSlots()) : array([...values]);
  }

  handle(id: number): Expression {
    return identifier(`${this.names.handlePrefix}${id}`);
  }

  /** Puts a registration where it sees the private names it needs. */
  register(fn: FunctionInfo, statement: Statement): void {
    const cls = fn.usesPrivateNames ? fn.enclosingClass : undefined;
    if (cls) this.inClass(cls, statement);
    else this.prologue.push(statement);
  }

  /** Registers the resume function of `fn`: `named` is an object literal with one property. */
  registerResume(fn: FunctionInfo, named: Expression): void {
    const cls = kitClass(fn);
    if (!cls) {
      this.register(fn, evaluate(call(this.abi('resume'), [this.handle(fn.id), named])));
      return;
    }
    const entry = `resume${fn.id}`;
    this.inKit(cls, entry, named);
    const parameters = ['$frame', '$slots', '$at'].map((name) => identifier(this.names.local(name)));
    const { key, computed } = named['properties'][0] as Node;
    // The class is always in the first slot.
    const kit = call(this.abi('kit'), [element(parameters[1]!, literal(0))]);
    const own: Node = { ...member(member(kit, entry), ''), property: key, computed };
    const through = object([property(key, arrow(parameters, call(own, parameters)), computed as boolean)]);
    this.prologue.push(evaluate(call(this.abi('resume'), [this.handle(fn.id), through])));
  }

  /** Code that stands in the body of a class made at run time, to be found through the class. */
  inKit(cls: ClassInfo, entry: string, value: Expression): void {
    const list = this.kits.get(cls) ?? [];
    list.push(property(identifier(entry), value));
    this.kits.set(cls, list);
  }

  inClass(cls: ClassInfo, statement: Statement): void {
    const list = this.classStatements.get(cls);
    if (list) list.push(statement);
    else this.classStatements.set(cls, [statement]);
  }

  /** A variable of the bundle that statements inside class bodies assign. */
  variable(base: string): string {
    const name = this.names.fresh(base);
    this.variables.push(name);
    return name;
  }

  describe(
    fn: FunctionInfo | ClassInfo,
    kind: FunctionMetadata['kind'],
    cells: readonly string[],
    points: readonly SuspensionPoint[],
  ): void {
    const { start, end } = fn.node.loc!;
    this.metadata.set(fn.id, {
      name: fn.name || '<anonymous>',
      kind,
      source: this.sourceIndex,
      start,
      end,
      cells,
      points,
      ...this.#identity(fn, cells),
    });
  }

  /** What `FunctionMetadata.identity` says of a function or class. */
  #identity(of: FunctionInfo | ClassInfo, cells: readonly string[]): { identity?: FunctionIdentity } {
    const known = this.identities.get(of.node);
    if (known === undefined) return {};
    const { path, digest, shape } = known;
    if (!('cells' in of)) {
      const { privateFields: privates, privateStatics, maker } = of;
      const identity = { path, digest, cellKinds: '', repeated: [], shape: shape!, privates };
      if (!maker) return { identity };
      // Cells that the author has no name for come last.
      const given = 'x'.repeat(cells.length - maker.cells.length);
      return {
        identity: { ...identity, cellKinds: maker.cells.map(kindOf).join('') + given, privateStatics },
      };
    }
    const cellKinds = of.cells.map(kindOf).join('');
    const names = [...of.cells, ...of.locals].map(({ name }) => name);
    const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    return { identity: { path, digest, cellKinds, repeated } };
  }

  variableDeclarations(): Statement[] {
    return this.variables.length > 0 ? [declareAll(this.variables)] : [];
  }
}
