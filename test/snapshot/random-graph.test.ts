import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import { difference } from './deep-identity.ts';
import { graph } from './random-graph.ts';
import { context } from './test-context.ts';

describe('random graphs', () => {
  it('come back the same, or cannot be made again', () => {
    let kept = 0;
    fc.assert(
      fc.property(graph, (value) => {
        let bytes: Uint8Array;
        try {
          bytes = Uint8Array.from(encode(value, context));
        } catch (error) {
          // A registered class whose data leads back to it.
          if (error instanceof SnapshotError && error.code === 'WM4008') return;
          throw error;
        }
        kept++;
        const back = decode(bytes, context);
        const found = difference(value, back, context);
        if (found !== undefined) throw new Error(found);
        if (!Buffer.from(encode(back, context)).equals(bytes)) throw new Error('other bytes the second time');
      }),
      { numRuns: 1500 },
    );
    expect(kept).toBeGreaterThan(750);
  });
});
