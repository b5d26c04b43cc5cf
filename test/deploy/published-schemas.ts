/**
 * Kubernetes objects against the schemas that Kubernetes and the Prometheus operator publish, as packages make them
 * of the OpenAPI documents: types and required fields by their validators, unknown fields by their types (the published
 * schemas allow unknown fields, which the API server would drop).
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../house/project-files.ts';
import type { KubernetesObject } from './rendered-documents.ts';

/** Where the model of an object is. */
function moduleOf({ apiVersion }: KubernetesObject): string {
  const models = apiVersion.startsWith('monitoring.coreos.com/')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  return `${models}/${apiVersion}`;
}

type Model = new (data: object) => { validate(): void };

const shown = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

/** Sentences about what the schemas do not allow; empty when the objects are valid. */
export async function schemaErrors(objects: readonly KubernetesObject[]): Promise<string[]> {
  const errors: string[] = [];
  for (const object of objects) {
    const module = (await import(moduleOf(object))) as Record<string, Model>;
    const Kind = module[object.kind];
    if (Kind === undefined) {
      errors.push(`${shown(object)}: ${object.apiVersion} has no ${object.kind}`);
      continue;
    }
    try {
      new Kind(object).validate();
    } catch (error) {
      errors.push(`${shown(object)}: ${(error as Error).message}`);
    }
  }
  return errors;
}

/** Fields that the schemas do not know, as the type checker says it; empty when there are none. */
export async function unknownFields(objects: readonly KubernetesObject[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-manifests-'));
  try {
    const text = objects
      .map(
        (object, index) =>
          `import type { I${object.kind} as Kind${index} } from '${moduleOf(object)}';\n` +
          `export const object${index}: Kind${index} = ${JSON.stringify(object, undefined, 1)};\n`,
      )
      .join('\n');
    await writeFile(join(folder, 'manifests.ts'), text);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
    const options = '--noEmit --strict --skipLibCheck --module nodenext --pretty false'.split(' ');
    const tsc = join(projectRoot, 'node_modules/.bin/tsc');
    const ended = await promisify(execFile)(tsc, [...options, '--types', '', 'manifests.ts'], {
      cwd: folder,
    }).catch((error: unknown) => error as { stdout: string });
    return ended.stdout.split('\n').filter((line) => line !== '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
