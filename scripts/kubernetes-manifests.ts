/** `npm run manifests`: writes deploy/kubernetes/waymark.yaml, the chart with its default values for those without Helm. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderChart } from './chart-rendering.ts';

export const MANIFESTS = fileURLToPath(new URL('../deploy/kubernetes/waymark.yaml', import.meta.url));

/** Accounts, settings and services before what uses them. */
const ORDER = ['serviceaccount.yaml', 'configmap.yaml', 'service.yaml', 'poddisruptionbudget.yaml'];

/** Lines that speak of Helm, and the namespace, which `kubectl apply --namespace` gives. */
const OF_HELM = /^ *(helm\.sh\/chart|app\.kubernetes\.io\/managed-by|namespace): .*\n/gm;

export function plainManifests(): string {
  const files = [...renderChart({})].filter(([name]) => name.endsWith('.yaml'));
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const documents = files
    .toSorted(([one], [other]) => place(one) - place(other))
    .flatMap(([, text]) => text.replaceAll(OF_HELM, '').split(/^---$/m))
    .map((document) => document.trim())
    .filter((document) => document !== '');
  return `# Made from deploy/helm/waymark by \`npm run manifests\`; change the chart, not this file.\n${documents.map((document) => `---\n${document}\n`).join('')}`;
}

if (import.meta.main) writeFileSync(MANIFESTS, plainManifests());
