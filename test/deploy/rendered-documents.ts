/** Rendered YAML as data, and what the tests look up in it. */
import { parseAllDocuments } from 'yaml';
import { renderChart, type Rendering } from '../../scripts/chart-rendering.ts';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly [field: string]: unknown;
}

export type Labels = Readonly<Record<string, string>>;

/** Every document of a YAML text. Throws where the text is no YAML, or a key is there twice. */
export function documentsOf(text: string): KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    const value = document.toJS() as KubernetesObject | null;
    return value === null ? [] : [value];
  });
}

export function renderedDocuments(rendering: Rendering = {}): KubernetesObject[] {
  return [...renderChart(rendering)]
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([, text]) => documentsOf(text));
}

export const ofKind = (documents: readonly KubernetesObject[], kind: string): KubernetesObject[] =>
  documents.filter((document) => document.kind === kind);

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly [field: string]: unknown;
}

export interface StatefulSet extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    readonly serviceName: string;
    readonly podManagementPolicy: string;
    readonly updateStrategy: unknown;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
        readonly affinity?: { readonly podAntiAffinity?: PodAntiAffinity };
        readonly terminationGracePeriodSeconds: number;
        readonly [field: string]: unknown;
      };
    };
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[];
  };
}

export interface PodAntiAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly podAffinityTerm: AffinityTerm;
  }[];
}

export interface AffinityTerm {
  readonly topologyKey: string;
  readonly labelSelector: { readonly matchLabels: Labels };
}

export const statefulSets = (documents: readonly KubernetesObject[]): StatefulSet[] =>
  ofKind(documents, 'StatefulSet') as StatefulSet[];

/** Names of the pods that a StatefulSet makes. */
export const podNames = (set: StatefulSet): string[] =>
  Array.from({ length: set.spec.replicas }, (_, ordinal) => `${set.metadata.name}-${ordinal}`);

/** True when labels have everything that a selector asks for. */
export const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);
