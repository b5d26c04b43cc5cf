/** Bundles of other versions of the frame ABI. */
import { expect, test } from 'vitest';
import { compileSource } from '../../src/compiler/index.ts';
import { ABI_VERSION } from '../../src/frame-abi.ts';
import { loadRealm } from '../../src/runtime/realm.ts';

const bundle = compileSource('export default async () => 1;', '/scripts/one.ts');

test('those of this version and of earlier ones are run', () => {
  expect(loadRealm(bundle, new Map()).bundle.abi).toBe(ABI_VERSION);
  const older = { ...bundle, abi: ABI_VERSION - 1 };
  expect(loadRealm(older, new Map()).bundle.abi).toBe(ABI_VERSION - 1);
});

test.each([ABI_VERSION + 1, NaN, undefined])('version %s is refused, and what helps is said', (abi) => {
  const newer = { ...bundle, abi: abi as number };
  expect(() => loadRealm(newer, new Map())).toThrow(
    expect.objectContaining({
      code: 'WM3002',
      message: `The bundle one was compiled for frame ABI ${abi}; this Waymark has ${ABI_VERSION}.`,
      fix: 'Run it with the Waymark version that compiled it, or a newer one.',
    }),
  );
});
