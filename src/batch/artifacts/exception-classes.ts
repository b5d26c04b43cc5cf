/** Exception classes by the names that job XML has for them, and which is whose superclass. */
import type { ErrorClass } from '../definition/job-definition.ts';
import type { ExceptionFilter } from '../definition/resolved-job.ts';

export class RuntimeException extends Error {}
export class IllegalArgumentException extends RuntimeException {}
export class IllegalStateException extends RuntimeException {}
export class IOException extends Error {}
export class FileNotFoundException extends IOException {}
export class SQLException extends Error {}

const STANDARD: readonly (readonly [string, ErrorClass])[] = [
  ['java.lang.Throwable', Error],
  ['java.lang.Exception', Error],
  ['java.lang.RuntimeException', RuntimeException],
  ['java.lang.IllegalArgumentException', IllegalArgumentException],
  ['java.lang.IllegalStateException', IllegalStateException],
  ['java.lang.NumberFormatException', class NumberFormatException extends IllegalArgumentException {}],
  ['java.lang.ArithmeticException', class ArithmeticException extends RuntimeException {}],
  ['java.lang.NullPointerException', TypeError],
  ['java.lang.ClassCastException', class ClassCastException extends RuntimeException {}],
  ['java.lang.IndexOutOfBoundsException', RangeError],
  ['java.lang.UnsupportedOperationException', class UnsupportedOperation extends RuntimeException {}],
  ['java.util.NoSuchElementException', class NoSuchElementException extends RuntimeException {}],
  ['java.text.ParseException', class ParseException extends Error {}],
  ['java.io.IOException', IOException],
  ['java.io.FileNotFoundException', FileNotFoundException],
  ['java.sql.SQLException', SQLException],
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError, AggregateError].map(
    (errorClass) => [errorClass.name, errorClass] as const,
  ),
];

/** What JavaScript itself throws is what Java calls unchecked. */
const UNCHECKED: readonly ErrorClass[] = [
  TypeError,
  RangeError,
  ReferenceError,
  SyntaxError,
  URIError,
  EvalError,
];

export class ExceptionClasses {
  readonly #names = new Map<string, ErrorClass>();
  readonly #parents = new Map<ErrorClass, ErrorClass>();
  readonly #outer: ExceptionClasses | undefined;

  constructor(outer?: ExceptionClasses) {
    this.#outer = outer;
    if (outer !== undefined) return;
    for (const [name, errorClass] of STANDARD) this.#names.set(name, errorClass);
    for (const errorClass of UNCHECKED) this.#parents.set(errorClass, RuntimeException);
  }

  /** @param parent In place of the class that `errorClass` extends. */
  add(name: string, errorClass: ErrorClass, parent?: ErrorClass): void {
    this.#names.set(name, errorClass);
    if (parent !== undefined) this.#parents.set(errorClass, parent);
  }

  names(): readonly string[] {
    return [...this.#names.keys(), ...(this.#outer?.names() ?? [])];
  }

  find(name: string): ErrorClass | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name);
  }

  /**
   * Whether a filter has chosen an error: the nearest of its classes that is named decides, and exclude wins where both
   * name the same one (section 8.2.1.4).
   */
  chosen(error: Error, { include, exclude }: ExceptionFilter): boolean {
    if (include.length === 0) return false;
    for (let one = classOf(error); one !== undefined; one = this.#parentOf(one)) {
      if (exclude.includes(one)) return false;
      if (include.includes(one)) return true;
    }
    return false;
  }

  #parentOf(errorClass: ErrorClass): ErrorClass | undefined {
    const parent = this.#namedParent(errorClass) ?? (Object.getPrototypeOf(errorClass) as unknown);
    return typeof parent === 'function' && parent !== Function.prototype ? (parent as ErrorClass) : undefined;
  }

  #namedParent(errorClass: ErrorClass): ErrorClass | undefined {
    return (
      this.#parents.get(errorClass) ??
      (this.#outer === undefined ? undefined : this.#outer.#namedParent(errorClass))
    );
  }
}

/** Errors of Node's own file and network functions are plain `Error`s that say by a code what they are. */
function classOf(error: Error): ErrorClass | undefined {
  const { constructor } = error;
  if (constructor === Error && 'syscall' in error)
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? FileNotFoundException : IOException;
  return typeof constructor === 'function' ? (constructor as ErrorClass) : undefined;
}
