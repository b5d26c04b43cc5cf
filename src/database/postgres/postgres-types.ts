/** How values of PostgreSQL come back: exact whole numbers, dates as text, times without a zone as UTC. */
import type { CustomTypesConfig, types } from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;

const wholeNumber = (text: string): number | bigint => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};
const utc = (text: string): Date | number =>
  text === 'infinity' ? Infinity : text === '-infinity' ? -Infinity : new Date(`${text.replace(' ', 'T')}Z`);
const asText = (text: string): string => text;

/** @param others What the driver does with all other types */
export function postgresTypes(others: Pick<typeof types, 'getTypeParser'>): CustomTypesConfig {
  return {
    getTypeParser: ((id: number, format?: 'text' | 'binary') => {
      if (format !== 'binary') {
        if (id === INT8) return wholeNumber;
        if (id === DATE) return asText;
        if (id === TIMESTAMP) return utc;
      }
      return others.getTypeParser(id, format as 'text');
    }) as CustomTypesConfig['getTypeParser'],
  };
}
