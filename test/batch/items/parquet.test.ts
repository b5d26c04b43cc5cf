import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parquetReader } from '../../../src/batch/items/index.ts';
import { expectRestartsEverywhere, made, read } from './reading.ts';

const ROWS = Array.from({ length: 25 }, (_, index) => ({
  id: index,
  big: index === 3 ? 9007199254740993n : index,
  text: index % 7 === 0 ? null : `text ${index} ü`,
  real: index / 4,
  yes: index % 2 === 0,
}));
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-parquet-'));
  file = join(folder, 'rows.parquet');
  const column = (
    name: keyof (typeof ROWS)[number],
    type: 'INT32' | 'INT64' | 'STRING' | 'DOUBLE' | 'BOOLEAN',
  ) => ({
    name,
    type,
    data: ROWS.map((row) => (type === 'INT64' ? BigInt(row[name] as number) : row[name])),
  });
  const buffer = parquetWriteBuffer({
    columnData: [
      column('id', 'INT32'),
      column('big', 'INT64'),
      column('text', 'STRING'),
      column('real', 'DOUBLE'),
      column('yes', 'BOOLEAN'),
    ],
    rowGroupSize: 10,
  });
  await writeFile(file, new Uint8Array(buffer));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('rows of several groups, with any page; restarted everywhere', async () => {
  for (const pageSize of [1, 4, 10, 1000])
    expect(await expectRestartsEverywhere(parquetReader({ file, pageSize }))).toEqual(
      ROWS.map((item) => ({ item })),
    );
});

test('some columns', async () => {
  expect((await read(parquetReader({ file, columns: ['real', 'id'] })))[4]).toEqual({
    item: { id: 4, real: 1 },
  });
});

test('what is no Parquet file, or less than at the checkpoint, says so', async () => {
  const other = join(folder, 'other.parquet');
  const open = async (path: string, checkpoint: { at: number } | null): Promise<void> =>
    made(parquetReader({ file: path })).open(checkpoint);
  await expect(open(other, null)).rejects.toMatchObject({ code: 'WM9602' });
  await writeFile(other, 'PAR1 but nothing of it');
  await expect(open(other, null)).rejects.toMatchObject({ code: 'WM9602' });
  await truncate(other, 2);
  await expect(open(other, null)).rejects.toMatchObject({ code: 'WM9602' });
  await expect(open(file, { at: 26 })).rejects.toMatchObject({ code: 'WM9603' });
  await expect((async () => read(parquetReader({ file, columns: ['none'] })))()).resolves.toEqual([
    { error: expect.stringContaining(file) },
  ]);
});

test('how far it is: rows that were taken', async () => {
  const reader = made(parquetReader({ file }));
  await reader.open!(null);
  expect(reader.progress!()).toBe(0);
  for (let rows = 0; rows < 5; rows++) await reader.readItem();
  expect(reader.progress!()).toBe(0.2);
  await reader.close!();
});
