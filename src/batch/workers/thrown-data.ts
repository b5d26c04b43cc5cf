/** Errors on their way between threads: name, message, stack, code, cause; and, of classes that both sides know, the class. */
import * as batchErrors from '../batch-error.ts';
import * as databaseErrors from '../../database/database-error.ts';

export interface ThrownData {
  readonly className: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Further properties that are plain values: `code`, `fix`, `errno`, `sqlState`. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly cause: ThrownData | undefined;
}

const KNOWN = new Map(
  [
    ...Object.values(batchErrors),
    ...Object.values(databaseErrors),
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    URIError,
    EvalError,
  ].flatMap((value) =>
    typeof value === 'function' && (value === Error || value.prototype instanceof Error)
      ? [[value.name, value.prototype as object] as const]
      : [],
  ),
);
/** Causes may be long, or go in a circle. */
const MAX_CAUSES = 8;

export function thrownData(error: Error, depth = 0): ThrownData {
  const { name, message, stack, cause } = error;
  const fields = Object.entries(error).filter(
    (entry): entry is [string, string | number | boolean] =>
      !['name', 'message', 'stack', 'cause'].includes(entry[0]) &&
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return {
    className: typeof error.constructor === 'function' ? error.constructor.name : 'Error',
    name,
    message,
    stack,
    fields: Object.fromEntries(fields),
    cause: cause instanceof Error && depth < MAX_CAUSES ? thrownData(cause, depth + 1) : undefined,
  };
}

/** An error like the one that was thrown there; of a class that only the other thread knows it is an `Error` with its name. */
export function revived({ className, name, message, stack, fields, cause }: ThrownData): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause: revived(cause) });
  Object.setPrototypeOf(error, KNOWN.get(className) ?? Error.prototype);
  Object.assign(error, fields);
  if (error.name !== name)
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  if (stack !== undefined)
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}
