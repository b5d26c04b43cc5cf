/** What the compiler makes of a script and its relative imports. Plain data; `stored-bundle.ts` says how it is stored under its hash. */

/** A place in a source file; line from 1, column from 0 (UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SuspensionPoint extends Position {
  /** Source names of the live slots, in slot order; a name in parentheses is a temporary, e.g. `(arguments[0])`. */
  readonly slots: readonly string[];
  /** One letter for each slot: `c` a cell (box that closures share), `v` the value of a variable, others: temporaries. */
  readonly kinds?: string;
  /**
   * Names the place within the function: the same in another version if the point is in the same structure (loops, try, case)
   * and the same expression. Absent where the compiler does not know.
   */
  readonly place?: string;
  /** For each slot with letter `k`, which holds how a block was left: the ways that its numbers from 2 stand for. */
  readonly jumps?: readonly string[];
}

export interface FunctionMetadata {
  /** As in a stack trace: `settle`, `Order.total`, `<anonymous>`. */
  readonly name: string;
  readonly kind: 'function' | 'async' | 'generator' | 'async-generator' | 'class';
  /** Index into `Bundle.sources`. */
  readonly source: number;
  readonly start: Position;
  readonly end: Position;
  /** Source names of the captured variables, in cell order. */
  readonly cells: readonly string[];
  /** Index 0 is the entry: its slots are the cells followed by the parameters. Empty for functions without suspension points. */
  readonly points: readonly SuspensionPoint[];
  /** By what it is found again in another version; absent in bundles of compilers that did not say it. */
  readonly identity?: FunctionIdentity;
}

export interface FunctionIdentity {
  /** Names of what it stands in, then its own: `default/retry`. Not always unique. */
  readonly path: string;
  /** Of its text without layout, comments and types, functions in it included. */
  readonly digest: string;
  /** One letter for each cell, as in `SuspensionPoint.kinds`. */
  readonly cellKinds: string;
  /** Names that several of its variables have. */
  readonly repeated: readonly string[];
  /** Of a class: its base and its instance fields; of one that is made at run time its computed keys and static elements, too. */
  readonly shape?: string;
  /** Of a class: its private instance fields, in the order in which they are saved. */
  readonly privates?: readonly string[];
  /** Of a class that is made at run time: its private static fields, in the order in which they are saved. */
  readonly privateStatics?: readonly string[];
}

/** Raised when the meaning of temporaries in slots changes: then a point that holds some is not the same any more. */
export const LOWERING_VERSION = 1;

export interface Bundle {
  /** Version of the frame ABI. */
  readonly abi: number;
  /** SHA-256 over code and metadata, hexadecimal. */
  readonly hash: string;
  /** File name of the script without its ending. */
  readonly name: string;
  readonly code: string;
  /** Source map of `code` (version 3, with sourcesContent). */
  readonly map: string;
  /** Paths of the author's modules, entry first, relative to the directory of the entry. */
  readonly sources: readonly string[];
  /** Specifiers that are loaded natively. */
  readonly imports: readonly string[];
  /** Names of globals passed in besides the ABI. */
  readonly globals: readonly string[];
  /** Names of the mutable module-level variables that belong to an instance. Empty: instances share one realm. */
  readonly state: readonly string[];
  readonly functions: readonly FunctionMetadata[];
  /** `LOWERING_VERSION` of the compiler; absent in bundles of compilers that did not say it. */
  readonly lowering?: number;
  /** For each of `state`: the module and the name, `src/ledger.ts#total`. */
  readonly stateNames?: readonly string[];
}
