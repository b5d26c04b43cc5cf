import { DatabaseError, DatabaseErrorCode } from '../database-error.ts';
import { isStructured, type SqlDialect } from './sql-dialect.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const SQLITE_DIALECT: SqlDialect = {
  kind: 'sqlite',
  placeholder: () => '?',
  quote,
  mostParameters: 32_766,
  onConflict: (key, columns) =>
    columns.length === 0
      ? `ON CONFLICT (${key.join(', ')}) DO NOTHING`
      : `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  types: { integer: 'INTEGER', key: 'TEXT', text: 'TEXT', bytes: 'BLOB' },
  parameter(value) {
    if (value === undefined || value === null) return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (value instanceof Date) return value.toISOString();
    if (isStructured(value)) return JSON.stringify(value);
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new DatabaseError(
        DatabaseErrorCode.badValue,
        `a ${typeof value} cannot be stored in a database`,
        {
          fix: 'Give values that a column can hold: text, numbers, dates, bytes, null.',
        },
      );
    return value;
  },
};
