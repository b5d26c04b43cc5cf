import { isStructured, type SqlDialect } from './sql-dialect.ts';

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

export const MYSQL_DIALECT: SqlDialect = {
  kind: 'mysql',
  placeholder: () => '?',
  quote,
  mostParameters: 65_535,
  // The form that MySQL and MariaDB both know. The key that counts is whichever unique key the row meets.
  onConflict: (key, columns) => {
    const assigned =
      columns.length === 0
        ? [`${key[0]} = ${key[0]}`]
        : columns.map((column) => `${column} = VALUES(${column})`);
    return `ON DUPLICATE KEY UPDATE ${assigned.join(', ')}`;
  },
  // Text keys of MySQL ignore case, accents or trailing spaces; bytes ignore nothing.
  types: { integer: 'BIGINT', key: 'VARBINARY(600)', text: 'LONGTEXT', bytes: 'LONGBLOB' },
  parameter(value) {
    if (value === undefined) return null;
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (isStructured(value)) return JSON.stringify(value);
    return value;
  },
};
