import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import { transportConformance } from './conformance.ts';

transportConformance('local, over Unix sockets', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wm-'));
  const maxMessageBytes = 300_000;
  return {
    maxMessageBytes,
    open: (onError) =>
      openLocalTransport({ directory, maxMessageBytes, onError, joinGraceMs: 100, greetingMs: 30_000 }),
    finish: async () => {
      expect(await readdir(directory)).toEqual([]);
      await rm(directory, { recursive: true });
    },
  };
});
