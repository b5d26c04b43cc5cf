/** Finds the job that a command names: a module that exports one, or job XML. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArtifactRegistry } from '../../batch/artifacts/artifact-registry.ts';
import type { JobDefinition } from '../../batch/definition/job-definition.ts';
import { isJobDefinition } from '../../batch/definition/worker-source.ts';
import { parseBatchXml, parseJobXml } from '../../batch/job-xml/index.ts';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { importModule } from './module-import.ts';

export interface JobSource {
  readonly definition: JobDefinition;
  readonly registry: ArtifactRegistry;
  /** Absolute. */
  readonly file: string;
  /** Lets go of what the modules have opened: their exports called `close`. */
  close(): Promise<void>;
}

export interface JobSourceOptions {
  /** Module that exports the artifact registry of job XML. */
  readonly artifacts?: string | undefined;
  readonly batchXml?: string | undefined;
  /** Which export, if a module has several jobs. */
  readonly export?: string | undefined;
}

type Exports = Readonly<Record<string, unknown>>;

const MODULE_ENDINGS = ['.ts', '.mts', '.js', '.mjs'];
/** Where a job is looked for that is named without a path. */
const places = (name: string): readonly string[] => [
  ...['batch-jobs', 'META-INF/batch-jobs'].map((folder) => join(folder, `${name}.xml`)),
  ...MODULE_ENDINGS.map((ending) => join('jobs', `${name}${ending}`)),
];

/**
 * @param name A path, or the name of a file in `batch-jobs`, `META-INF/batch-jobs` or `jobs`.
 * @param directory Where relative paths begin.
 * @throws CliError WM8022 to WM8026; JobXmlError
 */
export async function loadJob(
  name: string,
  options: JobSourceOptions,
  directory: string,
): Promise<JobSource> {
  const file = await findJob(name, directory);
  return extname(file) === '.xml'
    ? xmlJob(file, options, directory)
    : moduleJob(file, options.export, directory);
}

async function findJob(name: string, directory: string): Promise<string> {
  const candidates = [name, ...(/[/\\]/.test(name) ? [] : places(name))].map((path) =>
    resolve(directory, path),
  );
  for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  const isPath = /[/\\]/.test(name) || [...MODULE_ENDINGS, '.xml'].includes(extname(name));
  throw new CliError('WM8022', `There is no job ${name}`, {
    exitCode: EXIT.notFound,
    fix: isPath
      ? 'Name a module that exports a job, or job XML; relative paths begin at the current directory.'
      : 'Name a module or job XML, or a file in batch-jobs, META-INF/batch-jobs or jobs without its ending.',
  });
}

const isFile = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined))?.isFile() === true;

async function moduleJob(file: string, wanted: string | undefined, directory: string): Promise<JobSource> {
  const exports = await importModule(file, directory);
  const job = jobOf(exports, wanted, shownPath(file, directory));
  // Worker threads load the module too.
  return {
    definition: { ...job, module: job.module ?? pathToFileURL(file).href },
    registry: new ArtifactRegistry(),
    file,
    close: () => closeExports(exports),
  };
}

/** The export that was asked for; else the default export; else the only one that is a job. */
function jobOf(exports: Exports, wanted: string | undefined, shown: string): JobDefinition {
  const names = Object.keys(exports).filter((name) => isJobDefinition(exports[name]));
  if (wanted === undefined && isJobDefinition(exports['default'])) return exports['default'];
  const chosen = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined && names.includes(chosen)) return exports[chosen] as JobDefinition;
  const found = names.length === 0 ? 'no job' : `the jobs ${names.join(', ')}`;
  const message =
    wanted === undefined ? `${shown} exports ${found}` : `${shown} exports ${found}, and not ${wanted}`;
  throw new CliError('WM8024', message, {
    exitCode: EXIT.usage,
    fix:
      names.length === 0
        ? "Export what job('name') makes, as the default export."
        : 'Choose one with --export <name>.',
  });
}

async function xmlJob(file: string, options: JobSourceOptions, directory: string): Promise<JobSource> {
  const definition = parseJobXml(await readFile(file, 'utf8'), shownPath(file, directory));
  const artifacts = await loadArtifacts(options.artifacts, directory);
  const batchXml = await findBatchXml(file, options.batchXml, directory);
  const registry = new ArtifactRegistry(artifacts.registry);
  if (batchXml !== undefined) {
    const names = parseBatchXml(await readFile(batchXml, 'utf8'), shownPath(batchXml, directory));
    for (const [name, of] of names) if (registry.find(name) === undefined) registry.alias(name, of);
  }
  return { definition, registry, file, close: () => artifacts.close() };
}

/** The one that was named; else `batch.xml` in the folder that has the folder of the job. */
async function findBatchXml(
  file: string,
  named: string | undefined,
  directory: string,
): Promise<string | undefined> {
  if (named === undefined) {
    const beside = join(dirname(dirname(file)), 'batch.xml');
    return basename(dirname(file)) === 'batch-jobs' && (await isFile(beside)) ? beside : undefined;
  }
  const path = resolve(directory, named);
  if (await isFile(path)) return path;
  throw new CliError('WM8022', `There is no file ${named}`, {
    exitCode: EXIT.notFound,
    fix: 'Name the batch.xml that says which names of artifacts stand for which classes.',
  });
}

/** Without a module an empty registry: what is missing is told by the job that wants it. */
export async function loadArtifacts(
  module: string | undefined,
  directory: string,
): Promise<{ readonly registry: ArtifactRegistry; close(): Promise<void> }> {
  if (module === undefined) return { registry: new ArtifactRegistry(), close: async () => {} };
  const file = resolve(directory, module);
  if (!(await isFile(file)))
    throw new CliError('WM8022', `There is no module ${module}`, {
      exitCode: EXIT.notFound,
      fix: 'Name the module that exports the ArtifactRegistry.',
    });
  const exports = await importModule(file, directory);
  const registry = [exports['default'], ...Object.values(exports)].find(
    (value) => value instanceof ArtifactRegistry,
  );
  if (registry === undefined)
    throw new CliError('WM8026', `${shownPath(file, directory)} exports no ArtifactRegistry`, {
      exitCode: EXIT.usage,
      fix: "Export one: export default new ArtifactRegistry().add('name', ...).",
    });
  if (registry.module === undefined) registry.fromModule(pathToFileURL(file).href);
  return { registry, close: () => closeExports(exports) };
}

async function closeExports({ close }: Exports): Promise<void> {
  if (typeof close === 'function') await (close as () => unknown)();
}
