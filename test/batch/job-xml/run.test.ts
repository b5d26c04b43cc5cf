/** Every job file runs, and comes to what the specification says. */
import { describe, expect, test } from 'vitest';
import { JOB_SCHEMA } from '../../../src/batch/job-xml/job-schema.ts';
import { parseXml, type XmlElement } from '../../../src/batch/job-xml/xml-tree.ts';
import { CHUNKS } from './cases/chunks.ts';
import { FLOWS } from './cases/flows.ts';
import { LISTENERS_AND_STOPS } from './cases/listeners-and-stops.ts';
import { PARTITIONS } from './cases/partitions.ts';
import { PROPERTIES } from './cases/properties.ts';
import { RETRIES } from './cases/retries.ts';
import { SKIPS } from './cases/skips.ts';
import { STATUSES } from './cases/statuses.ts';
import { type JobCase, jobFileNames, jobText, normal, runJobFile } from './job-files.ts';

const AREAS: readonly (readonly [string, readonly JobCase[]])[] = [
  ['chunks', CHUNKS],
  ['skips', SKIPS],
  ['retries', RETRIES],
  ['statuses', STATUSES],
  ['flows', FLOWS],
  ['partitions', PARTITIONS],
  ['properties', PROPERTIES],
  ['listeners and stops', LISTENERS_AND_STOPS],
];

describe.each(AREAS)('%s', (_area, cases) => {
  test.each(cases.map((one) => [one.file, one] as const))('%s', async (_file, one) => {
    expect(await runJobFile(one)).toEqual(normal(one));
  });
});

const cases = AREAS.flatMap(([, list]) => list);

test('every job file is run by one case, and there are at least 100', () => {
  const files = cases.map(({ file }) => file).toSorted();
  expect(files).toEqual(jobFileNames());
  expect(files.length).toBeGreaterThanOrEqual(100);
});

test('the files that run have every element and every attribute of the schema', () => {
  const seen = new Set<string>();
  const visit = (element: XmlElement): void => {
    seen.add(element.name);
    for (const name of element.attributes.keys()) seen.add(`${element.name}@${name}`);
    element.children.forEach(visit);
  };
  for (const { file } of cases) visit(parseXml(jobText(file), file));
  const wanted = Object.entries(JOB_SCHEMA).flatMap(([name, { attributes }]) => [
    name,
    ...Object.keys(attributes).map((attribute) => `${name}@${attribute}`),
  ]);
  expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
});

test('every job file says what it is for, and no two say the same', () => {
  const purposes = jobFileNames().map((name) => /<!--(.{12,}?)-->/s.exec(jobText(name))?.[1]?.trim());
  expect(purposes.filter((purpose) => purpose === undefined)).toEqual([]);
  expect(new Set(purposes).size).toBe(purposes.length);
});
