import type { SqlDialect } from './sql-dialect.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const POSTGRES_DIALECT: SqlDialect = {
  kind: 'postgres',
  placeholder: (position) => `$${position}`,
  quote,
  mostParameters: 65_535,
  onConflict: (key, columns) =>
    columns.length === 0
      ? `ON CONFLICT (${key.join(', ')}) DO NOTHING`
      : `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`,
  types: { integer: 'BIGINT', key: 'TEXT', text: 'TEXT', bytes: 'BYTEA' },
  parameter(value) {
    // Without this the driver writes local time, which a column without a zone would keep.
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return value;
  },
};
