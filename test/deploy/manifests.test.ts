/** What the chart renders is what Kubernetes accepts. No cluster has seen it: the published schemas have. */
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CHART } from '../../scripts/chart-rendering.ts';
import { MANIFESTS, plainManifests } from '../../scripts/kubernetes-manifests.ts';
import { schemaErrors, unknownFields } from './published-schemas.ts';
import { documentsOf, type KubernetesObject, renderedDocuments, statefulSets } from './rendered-documents.ts';

type Values = Record<string, unknown>;

/** Together they use every value of the chart. */
const VARIANTS: Readonly<Record<string, Values>> = {
  defaults: {},
  'scripts and secrets': {
    nameOverride: 'payments',
    image: {
      repository: 'example.org/waymark',
      digest: `sha256:${'0'.repeat(64)}`,
      pullSecrets: [{ name: 'pull' }],
    },
    pairs: 3,
    replication: 'async',
    takeOver: '1m',
    scripts: {
      files: { 'order.ts': 'export default (n: number) => n;\n', '_tax.ts': '// "quotes" {{ }}\n' },
    },
    serve: {
      prefix: 'eu',
      maxInFlight: 2_000_000,
      keepResults: '2h',
      watch: false,
      extraArgs: ['--peer', 'x'],
    },
    nats: {
      secret: {
        name: 'nats',
        keys: { servers: 'url', token: 't', user: 'u', password: 'p', nkey: 'seed', creds: 'app.creds' },
      },
      tls: { secret: 'nats-tls', cert: 'tls.crt', key: 'tls.key' },
    },
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
    networkPolicy: {
      enabled: true,
      natsPeers: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nats' } } }],
      scrapePeers: [{ podSelector: {} }],
      extraEgress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
    },
  },
  'volumes and placement': {
    fullnameOverride: 'flows.eu',
    scripts: { folder: '/flows', volume: { image: { reference: 'example.org/flows:1' } } },
    persistence: {
      size: '1Ti',
      storageClass: 'fast',
      accessModes: ['ReadWriteOncePod'],
      annotations: { a: 'b' },
      retention: { whenDeleted: 'Delete', whenScaled: 'Delete' },
    },
    placement: { zones: 'preferred', hosts: 'any' },
    update: { strategy: 'RollingUpdate', pairs: 1, minReadySeconds: 60 },
    podDisruptionBudget: { enabled: false },
    serviceAccount: { create: false },
    networkPolicy: { enabled: true },
    podLabels: { team: 'payments' },
    podAnnotations: { note: 'x' },
    priorityClassName: 'high',
    nodeSelector: { disk: 'ssd' },
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'arch', operator: 'In', values: ['amd64'] }] }],
      },
    },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    extraEnv: [{ name: 'BANK_URL', value: 'http://bank' }],
    extraEnvFrom: [{ secretRef: { name: 'keys' } }],
    extraVolumes: [{ name: 'more', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
    initContainers: [{ name: 'first', image: 'example.org/first:1' }],
    extraContainers: [{ name: 'beside', image: 'example.org/beside:1' }],
  },
  'scripts of a ConfigMap, updated by hand': {
    scripts: { configMap: 'flows' },
    update: { strategy: 'OnDelete' },
    placement: { zones: 'any', hosts: 'any' },
    serviceAccount: { create: true, name: 'runner', annotations: { a: 'b' } },
    nats: { tls: { secret: 'nats-ca' } },
  },
};

describe.each(Object.entries(VARIANTS))('%s', (_name, values) => {
  test('is valid by the schemas of Kubernetes, without fields that they do not know', async () => {
    const documents = renderedDocuments({ values });
    expect(documents.length).toBeGreaterThanOrEqual(4);
    expect(await schemaErrors(documents)).toEqual([]);
    expect(await unknownFields(documents)).toEqual([]);
  });

  test('is valid by the schema of the values', async () => {
    expect(await valueErrors(values)).toEqual([]);
  });
});

describe('the checks find', () => {
  const withSpec = (change: Values): KubernetesObject[] => {
    const [set] = statefulSets(renderedDocuments());
    return [{ ...set!, spec: { ...set!.spec, ...change } }];
  };

  test('a wrong type, a missing field, an unknown kind', async () => {
    expect((await schemaErrors(withSpec({ replicas: 'two' }))).join()).toContain(
      'spec/replicas must be integer',
    );
    expect((await schemaErrors(withSpec({ template: undefined }))).join()).toContain(
      'must have required property template',
    );
    const [set] = withSpec({});
    expect(await schemaErrors([{ ...set!, kind: 'Statefulset' }])).toEqual([
      'Statefulset waymark-0: apps/v1 has no Statefulset',
    ]);
  });

  test('a misspelt field', async () => {
    const [problem] = await unknownFields(withSpec({ podManagmentPolicy: 'Parallel' }));
    expect(problem).toMatch(/podManagmentPolicy.* does not exist in type/);
  });

  test('values of the wrong kind, and misspelt ones', async () => {
    for (const wrong of [
      { pair: 3 },
      { pairs: 0 },
      { replication: 'always' },
      { scripts: { files: { 'a/b.ts': '' } } },
      { terminationGracePeriodSeconds: 10 },
      { placement: { zones: true } },
      { persistence: { accessModes: ['ReadWriteMany'] } },
    ]) {
      expect(await valueErrors(wrong), JSON.stringify(wrong)).not.toEqual([]);
    }
  });
});

test('every value of values.yaml is in its schema, and the other way round', async () => {
  const values = parse(await readFile(`${CHART}/values.yaml`, 'utf8')) as Values;
  const { properties } = JSON.parse(await readFile(`${CHART}/values.schema.json`, 'utf8')) as Schema;
  const inSchema = (at: Record<string, Schema>): unknown =>
    Object.fromEntries(
      Object.entries(at)
        .filter(([name]) => name !== 'global')
        .map(([name, schema]) => [
          name,
          schema.properties === undefined ? 'value' : inSchema(schema.properties),
        ]),
    );
  const inValues = (at: Values, schemas: Record<string, Schema>): unknown =>
    Object.fromEntries(
      Object.entries(at).map(([name, value]) => {
        const below = schemas[name]?.properties;
        return [name, below === undefined ? 'value' : inValues(value as Values, below)];
      }),
    );
  expect(inValues(values, properties!)).toEqual(inSchema(properties!));
  expect(await valueErrors({})).toEqual([]);
});

test('README.md of the chart has every value with its default', async () => {
  const page = await readFile(`${CHART}/README.md`, 'utf8');
  const values = parse(await readFile(`${CHART}/values.yaml`, 'utf8')) as Values;
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.]+)` \| `(.*?)` \|/gm)].map(([, name = '', text = '']) => [name, text]),
  );
  const { properties } = JSON.parse(await readFile(`${CHART}/values.schema.json`, 'utf8')) as Schema;
  const expected = new Map<string, string>();
  const collect = (at: Values, schemas: Record<string, Schema>, path: string): void => {
    for (const [name, value] of Object.entries(at)) {
      const below = schemas[name]?.properties;
      if (below === undefined) expected.set(path + name, JSON.stringify(value));
      else collect(value as Values, below, `${path}${name}.`);
    }
  };
  collect(values, properties!, '');
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
});

test('deploy/kubernetes is what the chart renders (npm run manifests writes it)', async () => {
  const written = await readFile(MANIFESTS, 'utf8');
  expect(written).toBe(plainManifests());
  expect(written).not.toMatch(/helm\.sh|Helm|namespace:/);
  const documents = documentsOf(written);
  expect(documents.map(({ kind }) => kind).toSorted()).toEqual([
    'PodDisruptionBudget',
    'PodDisruptionBudget',
    'Service',
    'ServiceAccount',
    'StatefulSet',
    'StatefulSet',
  ]);
  expect(await schemaErrors(documents)).toEqual([]);
  expect(await unknownFields(documents)).toEqual([]);
});

interface Schema {
  readonly properties?: Record<string, Schema>;
}

/** What the schema says about values laid over the defaults, as Helm checks them. */
async function valueErrors(values: Values): Promise<string[]> {
  const validate = new Ajv({ allErrors: true }).compile(
    JSON.parse(await readFile(`${CHART}/values.schema.json`, 'utf8')) as object,
  );
  const defaults = parse(await readFile(`${CHART}/values.yaml`, 'utf8')) as Values;
  validate(overlay(defaults, values));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function overlay(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const merged = { ...below };
  for (const [name, value] of Object.entries(above)) merged[name] = overlay(merged[name], value);
  return merged;
}

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
