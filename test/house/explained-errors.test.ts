/** Every code is explained, and every example is true: the wrong script gives the code, the right one does not. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorEntries } from '../../scripts/error-pages.ts';
import { checkNativeImports } from '../../src/compiler/native-imports.ts';
import { compile, CompileError } from '../../src/compiler/index.ts';
import { type Example, EXPLANATIONS, nearestCodes } from '../../src/explanations/index.ts';
import { exportNames } from '../../src/runtime/realm.ts';
import { testScript } from '../../src/testing/index.ts';
import { projectRoot } from './project-files.ts';

const explained = [...EXPLANATIONS];
const examples = explained.flatMap(([code, { example }]) =>
  example === undefined ? [] : [{ code, example }],
);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-examples-'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('every code of src is explained in src/explanations or in the catalogue of the compiler, and no other', () => {
  const used = [...new Set(errorEntries().map(({ code }) => code))];
  expect(used.filter((code) => !EXPLANATIONS.has(code))).toEqual([]);
  expect([...EXPLANATIONS.keys()].filter((code) => !used.includes(code))).toEqual([]);
});

test('titles are headings, and texts are sentences', () => {
  expect(explained.filter(([, { title }]) => title.endsWith('.')).map(([code]) => code)).toEqual([]);
  const texts = explained.flatMap(([code, { why, fix }]) => [[code, why] as const, [code, fix] as const]);
  expect(texts.filter(([, text]) => !/[.)]$/.test(text)).map(([code]) => code)).toEqual([]);
});

async function written(code: string, kind: 'wrong' | 'right', example: Example): Promise<string> {
  const place = join(folder, `${code}-${kind}`);
  await mkdir(place);
  for (const [name, text] of Object.entries({ ...example.files, 'example.ts': example[kind] }))
    await writeFile(join(place, name), text);
  return join(place, 'example.ts');
}

async function diagnosed(file: string): Promise<readonly string[]> {
  try {
    await compile(file);
    return (await checkNativeImports(file, exportNames)).map(({ code }) => code);
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

describe('examples of the compiler', () => {
  test.each(examples.filter(({ code }) => /^WM[12]/.test(code)))('$code', async ({ code, example }) => {
    expect(await diagnosed(await written(code, 'wrong', example))).toEqual([code]);
    expect(await diagnosed(await written(code, 'right', example))).toEqual([]);
  });
});

/** The code of an error, and those of its causes. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [(error as { code?: string }).code ?? 'WM7001', ...codesOf(error.cause)];
}

describe('examples that run', () => {
  test.each(examples.filter(({ code }) => /^WM[3-8]/.test(code)))('$code', async ({ code, example }) => {
    const wrong = await written(code, 'wrong', example);
    const error: unknown = await testScript(wrong).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(codesOf(error)).toContain(code);
    const run = await testScript(await written(code, 'right', example));
    expect(run.status).toBe('completed');
  });
});

test('the nearest codes to a wrong one', () => {
  expect(nearestCodes('WM1014')).toContain('WM1013');
  expect(nearestCodes('WM8O01'.replace('O', ''))).toContain('WM8001');
  expect(nearestCodes('disk full')[0]).toBe('WM5006');
  expect(nearestCodes('xyz')).toEqual([]);
});
