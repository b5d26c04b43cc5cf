import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  csvReader,
  fixedWidthReader,
  jsonArrayReader,
  jsonLinesReader,
  xmlElementReader,
} from '../../../src/batch/items/index.ts';
import type { ArtifactContext } from '../../../src/batch/artifacts/artifact-context.ts';
import type { ItemReader } from '../../../src/batch/artifacts/chunk-artifacts.ts';
import { expectRestartsEverywhere, made, type Maker, outcomesOf, read } from './reading.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-readers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(text: string | Uint8Array): Promise<string> {
  const path = join(folder, `in${files++}`);
  await writeFile(path, text);
  return path;
}
const items = (outcomes: readonly object[]): unknown[] =>
  outcomes.map((outcome) => ('item' in outcome ? outcome.item : outcome));
/** Small blocks, so that everything meets the end of one. */
const BLOCKS = [1, 2, 3, 7, 64, 100_000];

describe('CSV', () => {
  const TEXT =
    'id,name\r\n1,plain\r\n2,"a ""quoted"", one"\r\n3,"two\r\nlines"\r\n\r\n4,ünïcödé \u{1F600}\r\n5,';

  test('records, quotes, line breaks in them, empty lines; restarted everywhere, with any blocks', async () => {
    const file = await fileOf(`\ufeff${TEXT}`);
    for (const blockBytes of BLOCKS) {
      const found = await expectRestartsEverywhere(csvReader({ file, blockBytes }));
      expect(items(found)).toEqual([
        { id: '1', name: 'plain' },
        { id: '2', name: 'a "quoted", one' },
        { id: '3', name: 'two\r\nlines' },
        { id: '4', name: 'ünïcödé \u{1F600}' },
        { id: '5', name: '' },
      ]);
    }
  });

  test('malformed records say file and line, and the next one is read', async () => {
    const file = await fileOf('a,b\n1,2\n3\n4,5,6\n7,8\n"x"y,9\n10,11\nbad,12\n13,14\n');
    const make = csvReader({
      file,
      item: (texts) => {
        if (texts['a'] === 'bad') throw new Error('a is no number');
        return Number(texts['a']);
      },
    });
    for (const blockBytes of BLOCKS) {
      const found = await expectRestartsEverywhere(csvReader({ file, blockBytes }));
      expect(found.filter((outcome) => 'error' in outcome)).toHaveLength(3);
      expect(found.at(-1)).toEqual({ item: { a: '13', b: '14' } });
    }
    const outcomes = await expectRestartsEverywhere(make);
    expect(items(outcomes)).toEqual([
      1,
      { error: expect.stringContaining(`${file}:3: `) },
      { error: expect.stringContaining(`${file}:4: `) },
      7,
      { error: expect.stringContaining(`${file}:6: `) },
      10,
      { error: `${file}:8: a is no number` },
      13,
    ]);
  });

  test('options: names, delimiter, no quotes, comments, blanks, Latin 1', async () => {
    const file = await fileOf(Buffer.from('# c\n 1 ;"x\n# d\n2; \xe9\n', 'latin1'));
    const make = csvReader({
      file,
      columns: ['n', 't'],
      delimiter: ';',
      quote: false,
      comment: '#',
      trim: true,
      encoding: 'latin1',
    });
    expect(items(await expectRestartsEverywhere(make))).toEqual([
      { n: '1', t: '"x' },
      { n: '2', t: 'é' },
    ]);
  });

  test('whatever was written as CSV is read back, from every place', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r\n', 'ü', '\u{1F600}', '#'),
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, blockBytes, recordDelimiter) => {
          const text = stringify([['a', 'b'], ...rows], { record_delimiter: recordDelimiter, quoted: true });
          const file = await fileOf(text);
          const found = await expectRestartsEverywhere(csvReader({ file, blockBytes }));
          expect(items(found)).toEqual(rows.map(([a, b]) => ({ a, b })));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a quote that is wrong costs one record, not the rest of the file', async () => {
    const file = await fileOf('a,b\n1,x\n2,"y\n3,z\n4,"s"t\n"5,u\n6,v\n7,"w');
    for (const options of [{}, { longestRecord: 8 }, { blockBytes: 1 }, { blockBytes: 4 }]) {
      const found = await expectRestartsEverywhere(csvReader({ file, ...options }));
      expect(items(found)).toEqual([
        { a: '1', b: 'x' },
        { error: expect.stringContaining(`${file}:3: `) },
        { a: '3', b: 'z' },
        { error: expect.stringContaining(`${file}:5: `) },
        { error: expect.stringContaining(`${file}:6: `) },
        { a: '6', b: 'v' },
        { error: expect.stringContaining(`${file}:8: `) },
      ]);
    }
  });
});

describe('JSON lines', () => {
  test('values, empty lines, malformed lines; restarted everywhere, with any blocks', async () => {
    const file = await fileOf('\ufeff{"a":1}\r\n\n[2]\n{oops}\n"\\u00fc ü"\n7');
    for (const blockBytes of BLOCKS) {
      const found = await expectRestartsEverywhere(jsonLinesReader({ file, blockBytes }));
      expect(items(found)).toEqual([
        { a: 1 },
        [2],
        { error: expect.stringContaining(`${file}:4: `) },
        'ü ü',
        7,
      ]);
    }
  });
});

describe('JSON array', () => {
  test('elements of all kinds; restarted everywhere, with any blocks', async () => {
    const values = [{ a: ['],', { b: '"[{' }] }, 'te\\"xt, ]', 3, null, [], [[1]], true, '\u{1F600}'];
    for (const text of [JSON.stringify(values), `\ufeff ${JSON.stringify(values, null, 2)}\n\n`]) {
      const file = await fileOf(text.replace('null', '0'));
      for (const blockBytes of BLOCKS) {
        const found = await expectRestartsEverywhere(jsonArrayReader({ file, blockBytes }));
        expect(items(found)).toEqual(values.map((value) => value ?? 0));
      }
    }
    expect(await read(jsonArrayReader({ file: await fileOf(' [ \n ] ') }))).toEqual([]);
  });

  test('malformed elements say file and line, and the next one is read', async () => {
    const file = await fileOf('[\n oops,\n 1,\n {"a": },\n\n 2,\n , 3,\n]');
    for (const blockBytes of BLOCKS) {
      const found = await expectRestartsEverywhere(jsonArrayReader({ file, blockBytes }));
      expect(items(found)).toEqual([
        { error: expect.stringContaining(`${file}:2: `) },
        1,
        { error: expect.stringContaining(`${file}:4: `) },
        2,
        { error: expect.stringContaining(`${file}:7: `) },
        3,
        { error: expect.stringContaining(`${file}:8: `) },
      ]);
    }
  });

  test.each([
    ['{"a":1}', 'does not begin with an array'],
    ['[1, 2', 'ends within its array'],
    ['[1] 2', 'goes on after its array'],
    ['', 'ends within its array'],
  ])('%s cannot be read: the file %s', async (text, message) => {
    const outcomes = await read(jsonArrayReader({ file: await fileOf(text) }));
    expect(outcomes.at(-1)).toMatchObject({ error: expect.stringContaining(message) });
  });

  test('any array, from every place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.jsonValue().filter((value) => value !== null),
          { maxLength: 8 },
        ),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(undefined, 1),
        async (values, blockBytes, indent) => {
          const file = await fileOf(JSON.stringify(values, null, indent));
          const found = await expectRestartsEverywhere(jsonArrayReader({ file, blockBytes }));
          expect(items(found)).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('fixed width', () => {
  test('fields, fill, lines that are too short; restarted everywhere', async () => {
    const file = await fileOf('HEADER\nAlice     00042 x\nBob  \nCarol     00000 yz\n\nDüsseldorf00007 z');
    const make: Maker = fixedWidthReader({
      file,
      headerLines: 1,
      blockBytes: 5,
      fields: [
        { name: 'name', width: 10 },
        { name: 'count', width: 5, align: 'right', fill: '0' },
        { name: 'tail', width: 2, from: 16 },
      ],
    });
    expect(items(await expectRestartsEverywhere(make))).toEqual([
      { name: 'Alice', count: '42', tail: 'x' },
      { error: expect.stringContaining(`${file}:3: `) },
      { name: 'Carol', count: '', tail: 'yz' },
      { name: 'Düsseldorf', count: '7', tail: 'z' },
    ]);
  });

  test('a layout that is none is refused', () => {
    const make = (width: number) => () =>
      made(fixedWidthReader({ file: 'x', fields: [{ name: 'a', width }] }));
    expect(make(0)).toThrow(/width of 0|width 0/);
    expect(make(1.5)).toThrow('1.5');
  });
});

describe('XML elements', () => {
  const XML = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "x">]>
<r xmlns:p="urn:p"><item id="1">a &amp; b<![CDATA[<c>]]><sub k="v">t</sub></item>
  <p:item/><other><item id="2">ü\u{1F600}</item></other>
  <item id="3"><item id="inner"/></item><item id="bad"/>
</r>`;
  const make = (file: string, blockBytes: number): Maker =>
    xmlElementReader({
      file,
      blockBytes,
      element: 'item',
      item: (element) => {
        if (element.attributes['id'] === 'bad') throw new Error('bad id');
        return element;
      },
    });

  test('elements with all that is inside; restarted everywhere, with any blocks', async () => {
    const file = await fileOf(XML);
    for (const blockBytes of BLOCKS) {
      const found = await expectRestartsEverywhere(make(file, blockBytes));
      expect(items(found)).toEqual([
        {
          name: 'item',
          attributes: { id: '1' },
          text: 'a & b<c>',
          children: [{ name: 'sub', attributes: { k: 'v' }, text: 't', children: [] }],
        },
        { name: 'item', attributes: { id: '2' }, text: 'ü\u{1F600}', children: [] },
        {
          name: 'item',
          attributes: { id: '3' },
          text: '',
          children: [{ name: 'item', attributes: { id: 'inner' }, text: '', children: [] }],
        },
        { error: `${file}:4: bad id` },
      ]);
    }
  });

  test('what is not well-formed ends the reading, after the elements before it', async () => {
    const file = await fileOf('<r><item id="1"/>\n<item id="2"></r>');
    const found = await read(xmlElementReader({ file, element: 'item' }));
    expect(found).toMatchObject([
      { item: { attributes: { id: '1' } } },
      { error: expect.stringContaining(`${file}:2:`) },
    ]);
  });
});

describe('all files', () => {
  const makers: Readonly<Record<string, (file: string) => Maker>> = {
    CSV: (file) => csvReader({ file, columns: ['a'] }),
    'JSON lines': (file) => jsonLinesReader({ file }),
    'JSON array': (file) => jsonArrayReader({ file }),
    'fixed width': (file) => fixedWidthReader({ file, fields: [{ name: 'a', width: 1 }] }),
    XML: (file) => xmlElementReader({ file, element: 'a' }),
  };
  const texts: Readonly<Record<string, string>> = {
    CSV: `${'1'.repeat(50)}\n${'2'.repeat(50)}\n${'3'.repeat(50)}\n`,
    'JSON lines': '1\n2\n3\n',
    'JSON array': '[1,2,3]',
    'fixed width': '1\n2\n3\n',
    XML: '<r><a/><a/><a/></r>',
  };

  test.each(Object.keys(makers))(
    '%s: a missing file says so; a shorter one than at the checkpoint, too',
    async (kind) => {
      const missing = made(makers[kind]!(join(folder, 'missing')));
      await expect((async () => missing.open!(null))()).rejects.toMatchObject({ code: 'WM9602' });
      const file = await fileOf(texts[kind]!);
      const reader = made(makers[kind]!(file));
      await reader.open!(null);
      expect(await outcomesOf(reader, 3)).toHaveLength(3);
      const checkpoint = await reader.checkpointInfo!();
      await reader.close!();
      await writeFile(file, kind === 'XML' ? '<r><a/></r>' : texts[kind]!.slice(0, 2));
      const again = made(makers[kind]!(file));
      await expect(
        (async () => {
          await again.open!(checkpoint);
          await again.readItem();
        })(),
      ).rejects.toMatchObject({ code: 'WM9603' });
      await again.close!();
    },
  );

  test.each(Object.keys(makers))('%s: what is in memory is answered without a promise', async (kind) => {
    const reader = made(makers[kind]!(await fileOf(texts[kind]!)));
    await reader.open!(null);
    const first = reader.readItem();
    expect(first).toBeInstanceOf(Promise);
    expect(await first).not.toBeNull();
    expect(reader.readItem()).not.toBeInstanceOf(Promise);
    expect(await reader.readItem()).not.toBeNull();
    expect(await reader.readItem()).toBeNull();
    expect(await reader.readItem()).toBeNull();
    await reader.close!();
  });
});

describe('how far a reader is', () => {
  test.each([
    ['CSV', csvReader, 'a\n1111\n2222\n', [0, 7 / 12, 1]],
    ['JSON lines', jsonLinesReader, '1111\n222222222\n33333\n', [0, 5 / 21, 15 / 21]],
    ['a JSON array', jsonArrayReader, '[1234,6789]', [0, 5 / 11, 10 / 11]],
  ] as const)(
    '%s: after the item that was taken last, also after a restart',
    async (_, reader, text, expected) => {
      const make = reader({ file: await fileOf(text) }) as new (context: ArtifactContext) => ItemReader;
      const first = made(make);
      expect(first.progress!()).toBeUndefined();
      await first.open!(null);
      // A header is read when the first item is.
      expect(first.progress!()).toBeLessThanOrEqual(expected[0]);
      await first.readItem();
      expect(first.progress!()).toBeCloseTo(expected[1]);
      const second = made(make);
      await second.open!(first.checkpointInfo!() as never);
      expect(second.progress!()).toBeCloseTo(expected[1]);
      await second.readItem();
      expect(second.progress!()).toBeCloseTo(expected[2]);
      await first.close!();
      expect(first.progress!()).toBeUndefined();
      await second.close!();
    },
  );

  test('XML: what was read of the file', async () => {
    const file = await fileOf('<all><item>1</item><item>2</item></all>');
    const reader = made(xmlElementReader({ file, element: 'item' })) as ItemReader;
    await reader.open!(null);
    expect(reader.progress!()).toBe(0);
    await reader.readItem();
    expect(reader.progress!()).toBe(1);
    await reader.close!();
  });
});
