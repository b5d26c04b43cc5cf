/** What analysis finds out about one module: its functions, its variables and who uses which. */
import type { Node } from '../ast.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

export type BindingKind =
  | 'import'
  | 'param'
  | 'var'
  | 'let'
  | 'const'
  | 'using'
  | 'function'
  | 'class'
  | 'catch'
  /** The own name of a function expression. */
  | 'self'
  | 'this'
  | 'arguments'
  | 'newTarget'
  /** The object that `super` starts from, for methods of object literals. */
  | 'home';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The function whose activation holds it. */
  readonly owner: FunctionInfo;
  /** Declared at the top of a module: stays a plain variable of the bundle. */
  readonly moduleLevel: boolean;
  /** Block or function whose entry creates it. */
  readonly scopeNode: Node;
  /** From this offset on it has its first value, in every run that gets there. */
  readonly initializedAt: number;
  /** Offset of its declaration in the text. */
  readonly declaredAt: number;
  /** In a switch case: what stands before it in the text may be skipped. */
  readonly inCase: boolean;
  /** Written after its declaration. */
  assigned: boolean;
  captured: boolean;
  /** Lives in a Box, because a closure shares it and its value changes (or is not there yet) when the closure is made. */
  boxed: boolean;
  /** Must exist (as UNSET) from the entry of its scope on. */
  early: boolean;
  /** Its name in the code of its owner. Set before lowering. */
  output: string;
  references: Reference[];
  /** A `var` of the same name as a parameter, where parameters have a scope of their own: starts with its value. */
  parameter?: Binding;
}

export interface Reference {
  readonly identifier: Node;
  readonly from: FunctionInfo;
  readonly isRead: boolean;
  readonly isWrite: boolean;
  /** The write of its declaration. */
  readonly isInit: boolean;
}

export type FunctionKind =
  | 'module'
  | 'function'
  | 'arrow'
  | 'method'
  | 'constructor'
  | 'accessor'
  | 'field'
  | 'static-block'
  /** The code that makes a class at run time; its cells are what the class captures. */
  | 'class';

export interface FunctionInfo {
  readonly node: Node;
  readonly kind: FunctionKind;
  readonly parent: FunctionInfo | undefined;
  /** Class in whose body it stands, if any. */
  readonly enclosingClass: ClassInfo | undefined;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Compiled to a resume function: an async function or a generator. */
  readonly isResumable: boolean;
  readonly isStatic: boolean;
  /** Evaluated at most once per realm, so that it can be found again by its number. */
  readonly once: boolean;
  /** Function declaration: the block at whose entry it is made. */
  readonly hoistedTo: Node | undefined;
  /** Number in the bundle; -1 for module code, fields and static blocks. */
  id: number;
  name: string;
  /** Captured variables, in cell order. */
  readonly cells: Binding[];
  readonly locals: Binding[];
  /** Own name used inside. */
  self: Binding | undefined;
  thisBinding: Binding | undefined;
  newTargetBinding: Binding | undefined;
  argumentsBinding: Binding | undefined;
  homeBinding: Binding | undefined;
  /** It, or a function in it, uses a private name: its code must stay inside the class body. */
  usesPrivateNames: boolean;
  /** An arrow function that calls super(): it has no meaning outside of its constructor. */
  inPlace: boolean;
  /** Globals and module-level names used directly in it. */
  readonly foreignNames: Set<string>;
}

export interface ClassInfo {
  readonly node: Node;
  id: number;
  name: string;
  readonly parent: ClassInfo | undefined;
  /** Names of private instance fields (not methods or accessors). */
  readonly privateFields: readonly string[];
  /** Names of private static fields. */
  readonly privateStatics: readonly string[];
  readonly privateMethods: ReadonlySet<string>;
  /** Those that are used as values. */
  readonly heldMethods: Set<string>;
  readonly hasPrivateMembers: boolean;
  /** Static fields that functions may change: they belong to the instance. */
  readonly staticState: string[];
  /** Variable of the bundle with their accessors. */
  staticsVariable: string | undefined;
  /** Variable of the bundle that holds the class for `super` and statics; set when something needs it. */
  variable: string | undefined;
  /** Of a class that is made at run time, possibly more than once: what stands for the code that makes it. */
  readonly maker: FunctionInfo | undefined;
  /** The class itself, as code in its body knows it; only of a class made at run time, if that code needs it. */
  own: Binding | undefined;
}

export interface ModuleAnalysis {
  readonly path: string;
  readonly source: string;
  readonly program: Node;
  readonly module: FunctionInfo;
  readonly functions: readonly FunctionInfo[];
  readonly classes: readonly ClassInfo[];
  /** Classes of the module level that are made together with their base, as if in a function (made-while-loading.ts). */
  readonly madeAtLoad: readonly Node[];
  /** Binding of every identifier that refers to or declares a variable; absent: a global. */
  readonly bindingOf: ReadonlyMap<Node, Binding>;
  readonly infoOf: ReadonlyMap<Node, FunctionInfo>;
  readonly classOf: ReadonlyMap<Node, ClassInfo>;
  /** Nodes that contain a suspension point of their own function. */
  readonly suspends: ReadonlySet<Node>;
  /** Bindings created by the entry of a block, function, loop or switch. */
  readonly scopeBindings: ReadonlyMap<Node, readonly Binding[]>;
  /** Declarators in blocks of code that runs once: blocks at module level, static blocks. */
  readonly onceDeclarators: readonly Node[];
  /** Private methods used as values: the member access -> the class that declares the method. */
  readonly heldMethods: ReadonlyMap<Node, ClassInfo>;
  /** Every identifier name in the module. */
  readonly names: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}
