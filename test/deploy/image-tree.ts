/**
 * The files of the image, made by the instructions of the Dockerfile without Docker: COPY and RUN of the build stage are done in
 * a folder, and what the last stage copies from it lies in another. The base image is the system of the tests.
 */
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { projectRoot } from '../house/project-files.ts';

export const DOCKERFILE = join(projectRoot, 'deploy/docker/Dockerfile');

/** An instruction as written: `CMD`, its words with variables put in, its flags. */
export interface Step {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
}

/** The stages of the Dockerfile, in order. */
export async function stages(): Promise<readonly (readonly Step[])[]> {
  const dockerfile = DockerfileParser.parse(await readFile(DOCKERFILE, 'utf8'));
  const found: Step[][] = [];
  for (const instruction of dockerfile.getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') found.push([]);
    found.at(-1)?.push({ keyword, words: wordsOf(instruction), flags: flagsOf(instruction) });
  }
  return found;
}

function wordsOf(instruction: Instruction): string[] {
  const strings = (instruction as JSONInstruction).getJSONStrings?.() ?? [];
  if (strings.length > 0) return strings.map((text) => JSON.parse(text.getValue()) as string);
  if (instruction.getKeyword() === 'RUN') return [instruction.getArgumentsContent() ?? ''];
  const words = instruction.getArguments().map((argument) => argument.getValue());
  return words.filter((word) => !word.startsWith('--'));
}

const flagsOf = (instruction: Instruction): Record<string, string> =>
  Object.fromEntries(
    ((instruction as Copy).getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue() ?? '']),
  );

/** Paths that the builder is sent. */
async function buildContext(): Promise<readonly string[]> {
  const lines = (await readFile(`${DOCKERFILE}.dockerignore`, 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
}

export interface ImageTree {
  /** What is `/` in the image, but for the base image. */
  readonly root: string;
  /** The Node.js that stands for the one of the base image. */
  readonly node: string;
  remove(): Promise<void>;
}

/** Does what the Dockerfile says. Packages come from npm's cache where they are there. */
export async function buildImageTree(): Promise<ImageTree> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-image-'));
  const work = join(folder, 'build');
  const root = join(folder, 'root');
  const node = join(folder, 'bin/node');
  await mkdir(dirname(node));
  await mkdir(work);
  await copyFile(process.execPath, node);
  const [build, image] = await stages();
  const context = await buildContext();
  for (const { keyword, words } of build!) {
    if (keyword === 'COPY') {
      const target = words.at(-1)!;
      for (const source of words.slice(0, -1)) {
        if (!context.includes(source)) throw new Error(`.dockerignore keeps ${source} from the builder`);
        const to = join(work, target.endsWith('/') ? join(target, source) : target);
        await cp(join(projectRoot, source), to, { recursive: true });
      }
    } else if (keyword === 'RUN') {
      await promisify(execFile)('sh', ['-c', words[0]!], {
        cwd: work,
        env: environment(node),
        maxBuffer: 1 << 26,
      });
    }
  }
  for (const { keyword, words, flags } of image!) {
    if (keyword !== 'COPY' || flags['from'] !== 'build') continue;
    const [source = '', target = ''] = words;
    await cp(join(folder, source), join(root, target), { recursive: true, verbatimSymlinks: true });
  }
  await promisify(execFile)('chmod', ['-R', 'a-w,a+rX', root]);
  await promisify(execFile)('chmod', ['a+rx', folder, dirname(node), node]);
  return {
    root,
    node,
    remove: async () => {
      await promisify(execFile)('chmod', ['-R', 'u+w', root]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Of an ordinary user: nothing of the `npm test` that runs around us. */
function environment(node: string): NodeJS.ProcessEnv {
  const own = /^(npm_package_|npm_lifecycle_|npm_config_local_prefix|INIT_CWD|VITEST|NODE_ENV|FORCE_COLOR)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))),
    npm_config_prefer_offline: 'true',
    PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`,
  };
}
