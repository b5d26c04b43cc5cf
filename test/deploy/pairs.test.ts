/** The chart keeps what pairs need: names of their own, disks of their own, never both at the same place or disrupted together. */
import { expect, test } from 'vitest';
import { renderChart } from '../../scripts/chart-rendering.ts';
import {
  type AffinityTerm,
  ofKind,
  renderedDocuments,
  selects,
  type StatefulSet,
  statefulSets,
} from './rendered-documents.ts';

const setsOf = (values: Record<string, unknown>, release = 'waymark'): StatefulSet[] =>
  statefulSets(renderedDocuments({ release, values }));

const antiAffinity = (set: StatefulSet): readonly AffinityTerm[] =>
  set.spec.template.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

/** Whether the scheduler may put the second pod of a pair beside the first, going through the terms as it does. */
function mayShare(set: StatefulSet, topologyKey: string): boolean {
  const { labels } = set.spec.template.metadata;
  return !antiAffinity(set).some(
    (term) => term.topologyKey === topologyKey && selects(term.labelSelector.matchLabels, labels),
  );
}

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

test('the name of the pod is the name of the node', () => {
  for (const set of setsOf({})) {
    const [container] = set.spec.template.spec.containers;
    expect(container!.env.find(({ name }) => name === 'WAYMARK_NODE_ID')?.valueFrom).toEqual({
      fieldRef: { fieldPath: 'metadata.name' },
    });
    expect(container!.args).not.toContain('--node-id');
    expect(container!.args).not.toContain('--peer');
  }
});

test('a selector of a pair selects its pods and no others', () => {
  const documents = renderedDocuments({ values: { pairs: 3 } });
  const sets = statefulSets(documents);
  const budgets = ofKind(documents, 'PodDisruptionBudget') as unknown as StatefulSet[];
  expect(budgets).toHaveLength(3);
  for (const [index, set] of sets.entries()) {
    for (const [other, { spec }] of sets.entries()) {
      const { labels } = spec.template.metadata;
      expect(selects(set.spec.selector.matchLabels, labels)).toBe(index === other);
      expect(selects(budgets[index]!.spec.selector.matchLabels, labels)).toBe(index === other);
      for (const term of antiAffinity(set)) {
        expect(selects(term.labelSelector.matchLabels, labels)).toBe(index === other);
      }
    }
    expect(budgets[index]!.spec).toMatchObject({ maxUnavailable: 1 });
  }
});

test('two releases in one namespace select nothing of each other', () => {
  const [one] = setsOf({}, 'one');
  const [two] = setsOf({}, 'two');
  expect(selects(one!.spec.selector.matchLabels, two!.spec.template.metadata.labels)).toBe(false);
  expect(one!.metadata.name).toBe('one-waymark-0');
});

test('by default the nodes of a pair are in two zones and on two hosts', () => {
  for (const set of setsOf({})) {
    expect(mayShare(set, ZONE)).toBe(false);
    expect(mayShare(set, HOST)).toBe(false);
  }
});

test('pairs do not keep each other away, so that two zones are enough for any number of them', () => {
  const [first, second] = setsOf({});
  for (const term of antiAffinity(first!)) {
    expect(selects(term.labelSelector.matchLabels, second!.spec.template.metadata.labels)).toBe(false);
  }
});

test('placement can be weaker', () => {
  const [preferred] = setsOf({ placement: { zones: 'preferred' } });
  expect(mayShare(preferred!, ZONE)).toBe(true);
  expect(mayShare(preferred!, HOST)).toBe(false);
  expect(
    preferred!.spec.template.spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.map(
      ({ podAffinityTerm }) => podAffinityTerm.topologyKey,
    ),
  ).toEqual([ZONE]);
  const [any] = setsOf({ placement: { zones: 'any', hosts: 'any' } });
  expect(any!.spec.template.spec.affinity).toBeUndefined();
});

test('an update can be held back for the later pairs', () => {
  const partitions = (pairs: unknown): unknown[] =>
    setsOf({ pairs: 3, update: { pairs } }).map(({ spec }) => spec.updateStrategy);
  const rolling = (partition: number): unknown => ({ type: 'RollingUpdate', rollingUpdate: { partition } });
  expect(partitions(1)).toEqual([rolling(0), rolling(2), rolling(2)]);
  expect(partitions(0)).toEqual([rolling(2), rolling(2), rolling(2)]);
  expect(partitions(null)).toEqual([rolling(0), rolling(0), rolling(0)]);
});

test('a new version of the chart alone restarts no node', () => {
  for (const set of setsOf({})) {
    expect(JSON.stringify(set.spec.template)).not.toContain('helm.sh');
    expect(JSON.stringify(set.spec.volumeClaimTemplates)).not.toMatch(/helm\.sh|version/);
  }
});

test('pods fit a namespace that enforces the restricted security standard', () => {
  for (const set of setsOf({})) {
    const { securityContext, containers, volumes, ...pod } = set.spec.template.spec;
    expect(pod).toMatchObject({ automountServiceAccountToken: false });
    expect(pod).not.toHaveProperty('hostNetwork');
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of containers) {
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const mounted = container.volumeMounts.map(({ name }) => name);
      const available = [...volumes, ...set.spec.volumeClaimTemplates.map(({ metadata }) => metadata)];
      expect(mounted.toSorted()).toEqual(available.map(({ name }) => name).toSorted());
    }
  }
});

test('values that contradict each other are refused with a reason', () => {
  const refuse = (values: Record<string, unknown>): (() => unknown) => {
    return () => renderChart({ values });
  };
  expect(refuse({ scripts: { configMap: 'a', files: { 'a.ts': '' } } })).toThrow(
    'scripts.files, scripts.configMap and scripts.volume exclude each other',
  );
  expect(refuse({ nats: { secret: { keys: { token: 'token' } } } })).toThrow('nats.secret.name is empty');
  expect(refuse({ nats: { servers: '' } })).toThrow('nats.servers (or nats.secret.keys.servers) is needed');
});

test('what NATS is told comes from the Secret, and files of it are mounted', () => {
  const [set] = setsOf({
    nats: {
      secret: { name: 'nats', keys: { servers: 'url', user: 'u', password: 'p', creds: 'app.creds' } },
      tls: { secret: 'certs', cert: 'tls.crt', key: 'tls.key' },
    },
  });
  const [container] = set!.spec.template.spec.containers;
  const variables = Object.fromEntries(
    container!.env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
  );
  const key = (name: string): unknown => ({ secretKeyRef: { name: 'nats', key: name } });
  expect(variables).toMatchObject({
    WAYMARK_NATS: key('url'),
    WAYMARK_NATS_USER: key('u'),
    WAYMARK_NATS_PASSWORD: key('p'),
    WAYMARK_NATS_CREDS: '/etc/waymark/nats/app.creds',
    WAYMARK_NATS_CA: '/etc/waymark/nats-tls/ca.crt',
    WAYMARK_NATS_CERT: '/etc/waymark/nats-tls/tls.crt',
    WAYMARK_NATS_KEY: '/etc/waymark/nats-tls/tls.key',
  });
  expect(variables).not.toHaveProperty('WAYMARK_NATS_TOKEN');
  expect(set!.spec.template.spec.volumes).toContainEqual({
    name: 'nats',
    secret: { secretName: 'nats', defaultMode: 0o440, items: [{ key: 'app.creds', path: 'app.creds' }] },
  });
  expect(container!.volumeMounts.map(({ mountPath }) => mountPath)).toEqual([
    '/data',
    '/tmp',
    '/etc/waymark/nats',
    '/etc/waymark/nats-tls',
  ]);
});

test('the notes name pods that there are', () => {
  const notes = renderChart({ release: 'eu', values: { pairs: 3 } }).get('NOTES.txt')!;
  expect(notes).toContain('6 nodes in 3 pair(s): eu-waymark-0-0 with eu-waymark-0-1');
  expect(notes).toContain('placement.zones=preferred');
});
