import { expect, test } from 'vitest';
import { openLeases } from '../../src/cli/open-leases.ts';
import type { LeaseStore } from '../../src/transport/lease-store.ts';

const LEASES = { ttlMs: 1000 } as LeaseStore;
const failure = (name: string): Error => Object.assign(new Error(`${name}: not now`), { name });

/** Fails with these, one after the other; then it works. */
function failing(...errors: readonly Error[]): {
  readonly open: () => Promise<LeaseStore>;
  attempts: number;
} {
  const coming = [...errors];
  const attempts = {
    attempts: 0,
    open: async () => {
      attempts.attempts++;
      const error = coming.shift();
      if (error !== undefined) throw error;
      return LEASES;
    },
  };
  return attempts;
}

test('servers that are not ready are asked again; each reason is told once', async () => {
  const told: string[] = [];
  const attempts = failing(
    failure('JetStreamNotEnabled'),
    failure('JetStreamNotEnabled'),
    failure('TimeoutError'),
  );
  const { signal } = new AbortController();
  const leases = await openLeases({ ...attempts, signal, waiting: ({ message }) => told.push(message) });
  expect(leases).toBe(LEASES);
  expect(told).toEqual(['JetStreamNotEnabled: not now', 'TimeoutError: not now']);
});

test('a refusal after the limit is an error; no answer is none, however long it takes', async () => {
  const told: string[] = [];
  const refusing = failing(failure('TimeoutError'), failure('TimeoutError'), failure('JetStreamApiError'));
  await expect(
    openLeases({
      ...refusing,
      signal: new AbortController().signal,
      waiting: ({ message }) => told.push(message),
      refusalLimitMs: 0,
    }),
  ).rejects.toMatchObject({ code: 'WM8030', exitCode: 6, cause: { name: 'JetStreamApiError' } });
  expect(told).toEqual(['TimeoutError: not now']);
});

test('a node that is stopped asks no more', async () => {
  const stop = new AbortController();
  const attempts = failing(...Array.from({ length: 1000 }, () => failure('TimeoutError')));
  const opening = openLeases({ open: attempts.open, signal: stop.signal, waiting: () => stop.abort() });
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
});
