/** The pods of the Helm chart have names that `waymark serve` pairs. */
import { describe, expect, test } from 'vitest';
import { pairedNode } from '../../src/cli/replication-options.ts';
import { podNames, renderedDocuments, statefulSets } from '../deploy/rendered-documents.ts';

describe.each([
  ['a short release name', 'waymark'],
  ['a long release name', 'the-payments-team-of-the-northern-region-in-europe'],
  ['a release name with dots', 'eu.payments'],
])('%s', (_case, release) => {
  test('pods pair by their numbers, inside their StatefulSet', () => {
    const sets = statefulSets(renderedDocuments({ release, values: { pairs: 12 } }));
    expect(sets).toHaveLength(12);
    for (const set of sets) {
      const [first, second, ...more] = podNames(set);
      expect(more).toEqual([]);
      expect(pairedNode(first!)).toBe(second);
      expect(pairedNode(second!)).toBe(first);
      // What a node may be called, and what Kubernetes allows a StatefulSet.
      expect(first).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      expect(set.metadata.name.length).toBeLessThanOrEqual(52);
    }
    expect(new Set(sets.map(({ metadata }) => metadata.name)).size).toBe(12);
  });
});
