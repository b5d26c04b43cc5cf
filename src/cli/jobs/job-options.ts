/** Options that several `waymark job` commands have. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Properties } from '../../batch/definition/resolved-job.ts';
import {
  JOB_REPOSITORY_FILE,
  openDatabaseRepository,
  openFolderRepository,
} from '../../batch/repository/open-job-repository.ts';
import type { JobRepository } from '../../batch/repository/job-repository.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { dataFolder, dataOption, durationText } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';

export interface RepositoryFlags {
  readonly data?: string;
  readonly repository?: string;
}

export interface SourceFlags {
  readonly artifacts?: string;
  readonly batchXml?: string;
  readonly export?: string;
}

export interface ParameterFlags {
  readonly parameter: Properties;
  readonly parameters?: string;
  readonly define: Properties;
}

export function addRepositoryOptions(command: Command): Command {
  return command
    .addOption(dataOption())
    .addOption(
      new Option('--repository <address>', 'job repository in a database, in place of the data folder').env(
        'WAYMARK_JOB_REPOSITORY',
      ),
    );
}

export interface DatabaseFlags {
  readonly database: readonly string[];
}

/** @param use What is done with the checkpoints there */
export function addDatabaseOption(command: Command, use: string): Command {
  return command.addOption(
    new Option('--database <address>', `database of a transactional writer: ${use}; may be repeated`)
      .argParser((address: string, before: readonly string[]) => [...before, address])
      .default([], 'none'),
  );
}

export function addSourceOptions(command: Command): Command {
  return command
    .option('--artifacts <module>', 'module that exports the ArtifactRegistry of job XML')
    .option(
      '--batch-xml <file>',
      'batch.xml of the artifacts (default: the one beside the folder of the job)',
    )
    .option('--export <name>', 'which export of the module, if it has several jobs');
}

export function addParameterOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-p, --parameter <name=value>', 'a job parameter; may be repeated')
        .argParser(collect)
        .default({}, 'none'),
    )
    .option('--parameters <file>', 'job parameters: a JSON object, or lines of name=value')
    .addOption(
      new Option('-D, --define <name=value>', "for #{systemProperties['name']}; may be repeated")
        .argParser(collect)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--lease <time>', 'a process that is not heard of for so long counts as dead')
        .default(30_000, '30s')
        .argParser(durationText),
    );
}

/** `name=value`; a value may hold further equals signs. */
function collect(text: string, before: Properties): Properties {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/**
 * Those of the file, and those of the command line over them.
 * @throws CliError WM8025 (exit code 2)
 */
export async function jobParameters(
  { parameter, parameters }: ParameterFlags,
  { directory }: Terminal,
): Promise<Properties> {
  if (parameters === undefined) return parameter;
  return { ...(await parametersOf(resolve(directory, parameters), parameters)), ...parameter };
}

async function parametersOf(file: string, shown: string): Promise<Properties> {
  const wrong = (why: string, cause?: unknown): CliError =>
    new CliError('WM8025', `The job parameters in ${shown} cannot be read: ${why}`, {
      exitCode: EXIT.usage,
      fix: 'Give a .json file with an object of texts, numbers and booleans, or a file with a line name=value for each; # begins a comment.',
      cause,
    });
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw wrong((error as Error).message, error);
  });
  if (extname(file) !== '.json') return linesOf(text, wrong);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong((error as Error).message, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('it is no object');
  const entries = Object.entries(value as Record<string, unknown>);
  const bad = entries.find(([, found]) => !['string', 'number', 'boolean'].includes(typeof found));
  if (bad !== undefined) throw wrong(`${bad[0]} is no text, number or boolean`);
  return Object.fromEntries(entries.map(([name, found]) => [name, String(found)]));
}

function linesOf(text: string, wrong: (why: string) => CliError): Properties {
  const found: Record<string, string> = {};
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const at = line.indexOf('=');
    if (at < 1) throw wrong(`line ${index + 1} is not name=value`);
    found[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return found;
}

/** The job repository that the options name, made if it is not there. */
export function openJobs(flags: RepositoryFlags, terminal: Terminal): Promise<JobRepository> {
  return flags.repository === undefined
    ? openFolderRepository(dataFolder(flags.data, terminal))
    : openDatabaseRepository(flags.repository);
}

/**
 * Runs `use` with the job repository that the options name, and closes it again.
 * @throws CliError WM8027 (exit code 3) if the data folder has none
 */
export async function withJobs<T>(
  flags: RepositoryFlags,
  terminal: Terminal,
  use: (repository: JobRepository) => Promise<T>,
): Promise<T> {
  if (flags.repository === undefined) {
    const folder = dataFolder(flags.data, terminal);
    if ((await stat(join(folder, JOB_REPOSITORY_FILE)).catch(() => undefined)) === undefined)
      throw new CliError('WM8027', `No job has run with the data folder ${folder}`, {
        exitCode: EXIT.notFound,
        fix: 'Name the folder with --data, or the database with --repository.',
      });
  }
  const repository = await openJobs(flags, terminal);
  try {
    return await use(repository);
  } finally {
    await repository.close();
  }
}
