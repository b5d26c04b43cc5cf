/** What differs between the databases in statements that Waymark writes itself. */
export type SqlDialectName = 'sqlite' | 'postgres' | 'mysql';

export interface SqlDialect {
  readonly kind: SqlDialectName;
  /** Placeholder of a parameter, from 1. Where the database has no numbers the parameters count in the order of the text. */
  placeholder(position: number): string;
  /** A name as one identifier, whatever it holds. */
  quote(name: string): string;
  /** Parameters that one statement may have. */
  readonly mostParameters: number;
  /**
   * What follows `INSERT INTO t (...) VALUES (...)` so that a row that is there already (by `key`) is changed instead.
   * @param columns Quoted, to be overwritten; empty: the row that is there stays as it is
   */
  onConflict(key: readonly string[], columns: readonly string[]): string;
  /** Types for tables that Waymark makes. */
  readonly types: {
    readonly integer: string;
    /** Text that may be part of a key; compared byte by byte. */
    readonly key: string;
    readonly text: string;
    readonly bytes: string;
  };
  /** A value in the form that the driver takes. */
  parameter(value: unknown): unknown;
}

/** The parts of a name such as `billing.invoice`, each quoted. A dot inside of a name is not possible this way. */
export function quoteTable(dialect: SqlDialect, table: string): string {
  return table
    .split('.')
    .map((part) => dialect.quote(part))
    .join('.');
}

/** True for what is stored as JSON: objects that are neither dates nor bytes. */
export function isStructured(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value)
  );
}
