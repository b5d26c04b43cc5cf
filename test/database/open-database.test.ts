import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/database/load-driver.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { freePort } from '../servers/nats-server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-open-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('addresses', () => {
  test.each([
    'sqlite::memory:',
    () => `sqlite:${join(folder, 'a.db')}`,
    () => pathToFileURL(join(folder, 'b.db')).href,
  ])('SQLite %#', async (address) => {
    const database = await openDatabase(typeof address === 'string' ? address : address());
    expect(database.dialect.kind).toBe('sqlite');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  test.each(['cities.db', 'oracle://me:secret@host/db', 'postgres://[bad', ''])(
    '%s is none',
    async (address) => {
      const error = (await openDatabase(address).catch((caught: unknown) => caught)) as Error;
      expect(error).toMatchObject({ code: 'WM9509' });
      expect(error.message).not.toContain('secret');
    },
  );

  test('a file that is no database, and a folder that is not there', async () => {
    const file = join(folder, 'text.db');
    await writeFile(file, 'no database, but a text that is long enough to look at'.repeat(100));
    await expect(openDatabase(`sqlite:${file}`)).rejects.toMatchObject({ code: 'WM9503' });
    await expect(openDatabase(`sqlite:${join(folder, 'none', 'a.db')}`)).rejects.toMatchObject({
      code: 'WM9502',
    });
  });

  test.each(['postgres', 'mysql'])('%s: nobody answers', async (scheme) => {
    const port = await freePort();
    const error = (await openDatabase(`${scheme}://me:secret@127.0.0.1:${port}/db`).catch(
      (caught: unknown) => caught,
    )) as Error;
    expect(error).toMatchObject({ code: 'WM9502' });
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.message).not.toContain('secret');
  });
});

test('a driver that is not installed: what to install', async () => {
  const name = 'a-driver-that-nobody-has';
  const error: unknown = await loadDriver(name, () => import(name), `${name} and-its-cursor`).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({
    code: 'WM9501',
    message: `the package ${name} is not installed`,
    fix: expect.stringContaining(`npm install ${name} and-its-cursor`),
  });
  await expect(loadDriver('broken', () => Promise.reject(new SyntaxError('broken')))).rejects.toMatchObject({
    code: 'WM9501',
    message: 'the package broken cannot be loaded',
  });
});
