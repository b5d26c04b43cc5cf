/** What the compiler makes of a script and its relative imports. Plain data: stored as JSON under its hash. */

/** A place in a source file; line from 1, column from 0 (UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SuspensionPoint extends Position {
  /** Source names of the live slots, in slot order; a name in parentheses is a temporary, e.g. `(arguments[0])`. */
  readonly slots: readonly string[];
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
}

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
}
