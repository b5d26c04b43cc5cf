/** Nested for-in loops left by labels through finally blocks that suspend. */
export default async function main() {
  const table: Record<string, Record<string, number>> = { a: { x: 1, y: 2 }, b: { x: 3, z: 4 }, c: { w: 5 } };
  const log: string[] = [];
  rows: for (const row in table) {
    try {
      for (const column in table[row]) {
        try {
          await null;
          if (column === 'y') continue rows;
          if (table[row]![column] === 5) break rows;
          log.push(row + column);
          if (row === 'a') delete table['b']!['z'];
        } finally {
          await null;
          log.push(`after ${row}${column}`);
        }
      }
    } finally {
      log.push(`row ${row}`);
      await null;
    }
  }
  return log;
}
