/** Job files that the schema allows and nobody can run: what is said of each, with file, line and column. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { JobStartError } from '../../../src/batch/batch-error.ts';
import { parseJobXml } from '../../../src/batch/job-xml/index.ts';
import { JobOperator } from '../../../src/batch/operator/job-operator.ts';
import { shopRegistry } from './job-files.ts';

const WRONG = join(import.meta.dirname, 'wrong');
const files = readdirSync(WRONG).toSorted();

async function refusal(file: string): Promise<JobStartError> {
  const registry = shopRegistry(() => {
    throw new Error('nothing of a job that is refused may be made');
  });
  const operator = new JobOperator({ registry });
  const definition = parseJobXml(readFileSync(join(WRONG, file), 'utf8'), file);
  try {
    await operator.start(definition);
  } catch (error) {
    if (error instanceof JobStartError) return error;
    throw error;
  }
  throw new Error(`${file} was started`);
}

describe('what is said of', () => {
  test.each(files)('%s', async (file) => {
    expect((await refusal(file)).message).toMatchSnapshot();
  });
});

test('every problem has a place, and they are in the order of the document', async () => {
  for (const file of files) {
    const { problems } = await refusal(file);
    const lines = problems.map(({ place }) => place!.line * 1000 + place!.column);
    expect([file, lines]).toEqual([file, lines.toSorted((a, b) => a - b)]);
  }
});

test('there are at least 40, each with a purpose of its own', () => {
  const purposes = files.map(
    (file) => /<!--(.{12,}?)-->/s.exec(readFileSync(join(WRONG, file), 'utf8'))?.[1],
  );
  expect(purposes.filter((purpose) => purpose === undefined)).toEqual([]);
  expect(new Set(purposes).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(40);
});
