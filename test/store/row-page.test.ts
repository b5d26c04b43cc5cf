import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawRow } from '../../src/store/sqlite/engine-messages.ts';
import { encodeRow, FAILED, RUNNING, toStoredInstance } from '../../src/store/sqlite/record-format.ts';
import { makePage, readPage } from '../../src/store/sqlite/row-page.ts';

/** Texts of few different values and lengths, so that neighbours on a page have the same, or others as long. */
const text = fc.constantFrom('', 'a', 'b', 'pay', 'pad', 'Zahlung ä', 'Zahlung ö', '支払い', '\u{feff}x');
const bytes = fc.uint8Array({ maxLength: 80 });

const row = fc
  .record({
    id: fc.string({ minLength: 1, unit: 'grapheme', maxLength: 12 }),
    script: text,
    codeHash: text,
    requestId: fc.option(text, { nil: undefined }),
    status: fc.constantFrom(RUNNING, RUNNING, RUNNING, FAILED),
    sequence: fc.nat(),
    createdAt: fc.nat(),
    updatedAt: fc.nat(),
    snapshot: fc.option(bytes, { nil: undefined, freq: 9 }),
    outcome: fc.option(bytes, { nil: undefined }),
    damaged: fc.constantFrom(false, false, false, true),
    changed: fc.option(fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }), { freq: 1 }),
    isStranger: fc.constantFrom(false, false, false, true),
  })
  .map(({ changed, isStranger, ...fields }): RawRow => {
    const written = encodeRow(fields);
    if (changed !== null) written[changed.at % written.length]! ^= changed.by;
    return { row: written, id: isStranger ? 'another' : fields.id, status: 'running' };
  });

test('property: a page says of every row what the row says by itself', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const page = makePage(rows);
      expect(readPage(page)).toEqual(rows.map(toStoredInstance));
      for (const { row: alone, id } of page.others) {
        const whole = toStoredInstance({ row: alone, id, status: 'running' });
        const mayBeHandedOut =
          whole.damaged === undefined && whole.snapshot !== undefined && whole.status === 'running';
        expect(mayBeHandedOut).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test('a row whose bytes have changed travels by itself and is called damaged', () => {
  const fields = {
    id: 'one',
    script: 'payments',
    codeHash: 'ab12',
    requestId: 'r1',
    status: RUNNING,
    sequence: 3,
    createdAt: 10,
    updatedAt: 20,
    snapshot: new Uint8Array(100).fill(7),
    outcome: undefined,
    damaged: false,
  };
  const sound: RawRow = { row: encodeRow(fields), id: 'one', status: 'running' };
  const torn: RawRow = { row: encodeRow({ ...fields, id: 'two' }), id: 'two', status: 'running' };
  torn.row[150]! ^= 1;
  const page = makePage([sound, torn, sound]);
  expect(page.others).toEqual([torn]);
  const [first, second, third] = readPage(page);
  expect(first).toEqual(third);
  expect(first?.snapshot).toEqual(fields.snapshot);
  expect(second).toMatchObject({ id: 'two', snapshot: undefined });
  expect(second?.damaged).toContain('checksum');
});
