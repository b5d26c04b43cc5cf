import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactContext } from '../../../src/batch/artifacts/artifact-context.ts';
import type { ItemWriter } from '../../../src/batch/artifacts/chunk-artifacts.ts';
import {
  classifierWriter,
  compositeWriter,
  csvReader,
  csvWriter,
  fixedWidthReader,
  fixedWidthWriter,
  jsonArrayReader,
  jsonArrayWriter,
  jsonLinesReader,
  jsonLinesWriter,
  xmlElementReader,
  type XmlElement,
  xmlWriter,
} from '../../../src/batch/items/index.ts';
import { made, type Maker, read } from './reading.ts';

interface Item {
  readonly id: string;
  readonly text: string;
}
type WriterOf = new (context: ArtifactContext) => ItemWriter<Item>;

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-writers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const newFile = (): string => join(folder, 'new', `out${files++}`);

const FIELDS = [
  { name: 'id', width: 4, align: 'right', fill: '0' },
  { name: 'text', width: 30, from: 6 },
] as const;

const FORMATS: Readonly<Record<string, { write(file: string): WriterOf; read(file: string): Maker }>> = {
  CSV: {
    write: (file) => csvWriter({ file, columns: ['id', 'text'] }),
    read: (file) => csvReader({ file }),
  },
  'JSON lines': { write: (file) => jsonLinesWriter({ file }), read: (file) => jsonLinesReader({ file }) },
  'JSON array': { write: (file) => jsonArrayWriter({ file }), read: (file) => jsonArrayReader({ file }) },
  'fixed width': {
    write: (file) => fixedWidthWriter({ file, fields: FIELDS }),
    read: (file) => fixedWidthReader({ file, fields: FIELDS }),
  },
  XML: {
    write: (file) =>
      xmlWriter({
        file,
        root: { name: 'items', attributes: { from: 'here & "there"' } },
        element: ({ id, text }: Item) => ({ name: 'item', attributes: { id }, text }),
      }),
    read: (file) =>
      xmlElementReader({
        file,
        element: 'item',
        item: ({ attributes, text }: XmlElement): Item => ({ id: attributes['id']!, text }),
      }),
  },
};

const itemsUpTo = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    text: ['plain', 'a, "b" <&> ü\u{1F600}', "it's", 'x;y|z\\'][index % 4]!,
  }));

describe.each(Object.entries(FORMATS))('%s', (kind, format) => {
  /** Writes all items in chunks; `crash` writes a chunk without its checkpoint, then starts anew at the checkpoint before. */
  async function write(
    file: string,
    items: Item[],
    chunk: number,
    crashes: readonly number[],
  ): Promise<void> {
    let writer = made(format.write(file));
    await writer.open!(null);
    let checkpoint: unknown = null;
    const left = [...crashes];
    for (let from = 0; from < items.length; from += chunk) {
      if (left[0] === from) {
        left.shift();
        await writer.writeItems(items.slice(from, from + chunk).map((item) => ({ ...item, text: 'lost' })));
        // Every second time as it is when the process is gone: nothing is written any more.
        const bytes = await readFile(file);
        await writer.close!();
        if (left.length % 2 === 1) await writeFile(file, bytes);
        writer = made(format.write(file));
        await writer.open!(checkpoint);
      }
      await writer.writeItems(items.slice(from, from + chunk));
      checkpoint = structuredClone(await writer.checkpointInfo!());
    }
    await writer.close!();
  }

  test('what is written is read back', async () => {
    const file = newFile();
    const items = itemsUpTo(10);
    await write(file, items, 3, []);
    expect(await read(format.read(file))).toEqual(items.map((item) => ({ item })));
  });

  test('a crash at any chunk leaves the same bytes', async () => {
    const [one, other] = [newFile(), newFile()];
    const items = itemsUpTo(9);
    await write(one, items, 2, []);
    const undisturbed = await readFile(one, 'utf8');
    for (const crashes of [[0], [2], [4], [8], [0, 2, 6], [2, 4, 6, 8]]) {
      await write(other, items, 2, crashes);
      expect(await readFile(other, 'utf8')).toBe(undisturbed);
    }
  });

  test('no items at all are a whole file', async () => {
    const file = newFile();
    await writeFile(join(folder, 'older'), 'something from before');
    const writer = made(format.write(file));
    await writer.open!(null);
    await writer.writeItems([]);
    await writer.checkpointInfo!();
    await writer.close!();
    expect(await read(format.read(file))).toEqual([]);
  });

  test('a first start replaces a file that is there', async () => {
    const file = join(folder, `older-${kind.replace(' ', '-')}`);
    await writeFile(file, 'x'.repeat(10_000));
    await write(file, itemsUpTo(1), 1, []);
    expect(await read(format.read(file))).toEqual([{ item: itemsUpTo(1)[0] }]);
  });

  test('a file that is shorter than its checkpoint is not written to', async () => {
    const file = newFile();
    const writer = made(format.write(file));
    await writer.open!(null);
    await writer.writeItems(itemsUpTo(4));
    const checkpoint = await writer.checkpointInfo!();
    await writer.close!();
    await truncate(file, 5);
    const again = made(format.write(file));
    await expect((async () => again.open!(checkpoint))()).rejects.toMatchObject({ code: 'WM9604' });
    expect((await stat(file)).size).toBe(5);
    await rm(file);
    await expect((async () => again.open!(checkpoint))()).rejects.toMatchObject({ code: 'WM9604' });
  });
});

describe('values', () => {
  test('CSV: dates, null, booleans, numbers', async () => {
    const file = newFile();
    const writer = made(
      csvWriter<unknown>({
        file,
        columns: ['a'],
        header: false,
        delimiter: ';',
        recordDelimiter: '\r\n',
        record: (a) => ({ a }),
      }),
    );
    await writer.open(null);
    await writer.writeItems([new Date(0), null, undefined, true, 1.5, 'x;y', 'q"']);
    await writer.close();
    expect(await readFile(file, 'utf8')).toBe(
      '1970-01-01T00:00:00.000Z\r\n\r\n\r\ntrue\r\n1.5\r\n"x;y"\r\n"q"""\r\n',
    );
  });

  test('fixed width: what does not fit fails, and writes nothing', async () => {
    const file = newFile();
    const writer = made(fixedWidthWriter<Item>({ file, fields: FIELDS }));
    await writer.open(null);
    await expect(
      writer.writeItems([
        { id: '1', text: 'a' },
        { id: '12345', text: 'b' },
      ]),
    ).rejects.toMatchObject({
      code: 'WM9606',
    });
    await writer.writeItems([{ id: '2', text: 'c' }]);
    await writer.close();
    expect(await readFile(file, 'utf8')).toBe(`0002  c${' '.repeat(29)}\n`);
  });

  test('XML: what XML cannot hold fails', async () => {
    const writer = made(xmlWriter<{ name: string; text?: string }>({ file: newFile(), root: { name: 'r' } }));
    await writer.open(null);
    for (const item of [
      { name: 'a', text: '\u0000' },
      { name: 'a b' },
      { name: '1' },
      { name: 'a', text: '\ud800' },
    ])
      await expect(writer.writeItems([item])).rejects.toMatchObject({ code: 'WM9606' });
    await writer.close();
  });
});

describe('several writers', () => {
  test('composite: all get all items, each with a checkpoint of its own', async () => {
    const [one, other] = [newFile(), newFile()];
    const make = compositeWriter<Item>(FORMATS['CSV']!.write(one), FORMATS['JSON array']!.write(other));
    let writer = made(make);
    expect(writer.guarantee).toBe('idempotent');
    await writer.open!(null);
    await writer.writeItems(itemsUpTo(2));
    const checkpoint = structuredClone(await writer.checkpointInfo!());
    await writer.writeItems(itemsUpTo(4));
    await writer.close!();
    writer = made(make);
    await writer.open!(checkpoint);
    await writer.writeItems(itemsUpTo(3).slice(2));
    await writer.checkpointInfo!();
    await writer.close!();
    const expected = itemsUpTo(3).map((item) => ({ item }));
    expect(await read(FORMATS['CSV']!.read(one))).toEqual(expected);
    expect(await read(FORMATS['JSON array']!.read(other))).toEqual(expected);
  });

  test('classifier: each item to the writer of its class, in order; a class without one is refused', async () => {
    const [odd, even] = [newFile(), newFile()];
    const make = classifierWriter<Item>(
      (item) => ['even', 'odd', 'none'][item.id === '99' ? 2 : Number(item.id) % 2]!,
      {
        odd: jsonLinesWriter({ file: odd }),
        even: jsonLinesWriter({ file: even }),
      },
    );
    const writer = made(make);
    await writer.open!(null);
    await writer.writeItems(itemsUpTo(5));
    await expect((async () => writer.writeItems([{ id: '99', text: '' }]))()).rejects.toThrow('"none"');
    await writer.writeItems(itemsUpTo(7).slice(5));
    await writer.close!();
    const ids = async (file: string): Promise<unknown[]> =>
      (await read(jsonLinesReader({ file }))).map(
        (outcome) => 'item' in outcome && (outcome.item as Item).id,
      );
    expect(await ids(odd)).toEqual(['1', '3', '5', '7']);
    expect(await ids(even)).toEqual(['2', '4', '6']);
  });

  test('one that throws when it is closed does not keep the others open', async () => {
    const closed: string[] = [];
    const writerNamed = (name: string) => (): ItemWriter<Item> => ({
      writeItems: () => {},
      close: () => {
        closed.push(name);
        if (name !== 'b') throw new Error(name);
      },
    });
    const writer = made(compositeWriter(writerNamed('a'), writerNamed('b'), writerNamed('c')));
    expect(writer.guarantee).toBe('at-least-once');
    await expect((async () => writer.close!())()).rejects.toThrow('a');
    expect(closed).toEqual(['a', 'b', 'c']);
  });
});
