/** All jobs of a folder: modules, each with all the jobs that it exports, and job XML. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArtifactRegistry } from '../../batch/artifacts/artifact-registry.ts';
import type { JobDefinition } from '../../batch/definition/job-definition.ts';
import { isJobDefinition } from '../../batch/definition/worker-source.ts';
import { parseBatchXml, parseJobXml } from '../../batch/job-xml/index.ts';
import { listScripts } from '../../node/script-folder.ts';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { loadArtifacts } from './job-source.ts';
import { importModule } from './module-import.ts';

export interface JobFolder {
  readonly jobs: readonly JobDefinition[];
  readonly registry: ArtifactRegistry;
  readonly failed: readonly { readonly file: string; readonly error: unknown }[];
}

/**
 * What cannot be used is in `failed`, and all others are there.
 * @param folder As it was typed; relative to `directory`.
 * @throws CliError WM8008 (exit code 3) if there is no such folder; WM8022, WM8023, WM8026 for the module of artifacts
 */
export async function loadJobFolder(
  folder: string,
  artifacts: string | undefined,
  directory: string,
): Promise<JobFolder> {
  const path = resolve(directory, folder);
  if (!(await stat(path).catch(() => undefined))?.isDirectory())
    throw new CliError('WM8008', `There is no folder ${folder}`, {
      exitCode: EXIT.notFound,
      fix: 'Name the folder of your jobs.',
    });
  const registry = new ArtifactRegistry((await loadArtifacts(artifacts, directory)).registry);
  const jobs = new Map<string, JobDefinition>();
  const failed: { file: string; error: unknown }[] = [];
  const add = (file: string, job: JobDefinition): void => {
    if (jobs.has(job.id)) failed.push({ file, error: new Error(`there is another job ${job.id}`) });
    else jobs.set(job.id, job);
  };
  for (const file of await filesOf(path)) {
    try {
      if (basename(file) === 'batch.xml') await addNames(file, registry, directory);
      else if (file.endsWith('.xml'))
        add(file, parseJobXml(await readFile(file, 'utf8'), shownPath(file, directory)));
      else
        for (const job of new Set(Object.values(await importModule(file, directory)).filter(isJobDefinition)))
          add(file, { ...job, module: job.module ?? pathToFileURL(file).href });
    } catch (error) {
      failed.push({ file, error });
    }
  }
  return { jobs: [...jobs.values()], registry, failed };
}

/** `batch.xml` is in the folder, or beside a folder `batch-jobs`. */
async function filesOf(path: string): Promise<readonly string[]> {
  const xml = (await readdir(path)).filter((name) => name.endsWith('.xml')).map((name) => join(path, name));
  const beside = join(dirname(path), 'batch.xml');
  const hasBeside =
    basename(path) === 'batch-jobs' && (await stat(beside).catch(() => undefined)) !== undefined;
  return [...(hasBeside ? [beside] : []), ...xml.toSorted(), ...(await listScripts(path))];
}

async function addNames(file: string, registry: ArtifactRegistry, directory: string): Promise<void> {
  for (const [name, of] of parseBatchXml(await readFile(file, 'utf8'), shownPath(file, directory)))
    if (registry.find(name) === undefined) registry.alias(name, of);
}
