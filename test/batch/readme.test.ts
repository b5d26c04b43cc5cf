/** The table of README.md names job files and tests that exist, and every job file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jobFileNames } from './job-xml/job-files.ts';

const HERE = import.meta.dirname;
const text = readFileSync(join(HERE, 'README.md'), 'utf8');

test('job files that are named exist', () => {
  const named = [...text.matchAll(/`((?:jobs|wrong)\/[\w-]+)`/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(150);
  expect(named.filter((name) => !existsSync(join(HERE, 'job-xml', `${name}.xml`)))).toEqual([]);
});

test('tests that are named exist', () => {
  const named = [...text.matchAll(/`([\w/-]+)` "([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(40);
  // A suite that several files run has no tests of its own.
  const fileOf = (suite: string): string =>
    [`${suite}.test.ts`, `${suite}.ts`].map((file) => join(HERE, file)).find((file) => existsSync(file)) ??
    suite;
  const missing = named.filter(([, suite, title]) => !readFileSync(fileOf(suite!), 'utf8').includes(title!));
  expect(missing.map(([found]) => found)).toEqual([]);
});

test('every job file is in the table', () => {
  const missing = jobFileNames().filter((name) => !text.includes(`\`jobs/${name}\``));
  expect(missing).toEqual([]);
});
