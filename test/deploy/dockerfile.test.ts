/** The Dockerfile, as far as it goes without Docker: linted, its commands run, what comes of them started read-only as nobody. */
import { execFile } from 'node:child_process';
import { access, constants, lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../house/project-files.ts';
import { buildImageTree, DOCKERFILE, type ImageTree, type Step, stages } from './image-tree.ts';
import { renderedDocuments, statefulSets } from './rendered-documents.ts';

let tree: ImageTree;
let image: readonly Step[];

beforeAll(async () => {
  image = (await stages()).at(-1)!;
  tree = await buildImageTree();
}, 600_000);
afterAll(async () => {
  await tree.remove();
});

const step = (keyword: string): Step => image.find((found) => found.keyword === keyword)!;

test('the linter of Dockerfiles has nothing to say', async () => {
  expect(validate(await readFile(DOCKERFILE, 'utf8'))).toEqual([]);
  // It does say something.
  expect(validate('FROM node:24\nCOPPY a b\n').map(({ message }) => message)).toEqual([
    'Unknown instruction: COPPY',
  ]);
});

test('both stages are of the Node.js that package.json asks for', async () => {
  const text = await readFile(DOCKERFILE, 'utf8');
  const { engines } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [, major] = /^ARG NODE_IMAGE=node:(\d+)-/m.exec(text)!;
  expect(engines.node).toMatch(new RegExp(`^>=${major}\\.`));
  expect(text.match(/^FROM .*$/gm)).toEqual(['FROM ${NODE_IMAGE} AS build', 'FROM ${NODE_IMAGE}']);
});

test('the last stage runs nothing, and is not root', () => {
  expect(image.map(({ keyword }) => keyword)).not.toContain('RUN');
  expect(step('USER').words).toEqual(['1000:1000']);
});

test('the image has what runs, and no source, test or development tool', async () => {
  expect((await readdir(tree.root)).toSorted()).toEqual(['app', 'data', 'scripts', 'usr']);
  expect((await readdir(join(tree.root, 'app'))).toSorted()).toEqual([
    'LICENSE',
    'bin',
    'dist',
    'node_modules',
    'package.json',
  ]);
  const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const installed = await packagesIn(join(tree.root, 'app/node_modules'));
  expect(installed.length).toBeGreaterThan(5);
  expect(installed.filter((name) => lock.packages[`node_modules/${name}`]?.dev !== undefined)).toEqual([]);
  const link = join(tree.root, 'usr/local/bin/waymark');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  await access(join(tree.root, await readlink(link)), constants.X_OK);
});

test('it starts from a read-only tree, as a user that owns nothing of it', async () => {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const waymark = join(tree.root, 'app/bin/waymark.js');
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(tree.node, args, { cwd: tree.root, env: {}, ...identity })).stdout;
  expect(await run(waymark, '--version')).toBe(`${version}\n`);
  expect(await run(waymark, 'serve', '--help')).toContain('--nats <urls>');
  const write = `try { fs.writeFileSync(${JSON.stringify(join(tree.root, 'app/x'))}, ''); console.log('written'); } catch (error) { console.log(error.code); }`;
  expect(await run('-e', write)).toBe('EACCES\n');
});

test('the image, its health check and the chart agree on ports, paths and user', () => {
  const [set] = statefulSets(renderedDocuments());
  const [container] = set!.spec.template.spec.containers;
  const port = String(container!.ports[0]!.containerPort);
  expect(step('EXPOSE').words).toEqual([port]);
  expect(step('CMD').words).toEqual(['serve', '/scripts', '--http', `0.0.0.0:${port}`, '--json']);
  expect(step('ENTRYPOINT').words).toEqual(['waymark']);
  expect(container!.args.slice(0, 4)).toEqual(step('CMD').words.slice(0, 4));
  expect(step('HEALTHCHECK').words.join(' ')).toContain(`http://127.0.0.1:${port}/health`);
  expect(step('VOLUME').words).toEqual(['/data']);
  expect(container!.volumeMounts.map(({ mountPath }) => mountPath)).toContain('/data');
  expect(set!.spec.template.spec['securityContext']).toMatchObject({ runAsUser: 1000, runAsGroup: 1000 });
});

async function packagesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const found = await Promise.all(
    names.map(async (name) =>
      name.startsWith('@') ? (await readdir(join(folder, name))).map((inner) => `${name}/${inner}`) : [name],
    ),
  );
  return found.flat();
}
