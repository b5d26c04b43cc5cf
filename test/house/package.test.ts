/** The published package: packed, installed into an empty project, used from there. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './project-files.ts';

const execute = promisify(execFile);
const typescript = join(projectRoot, 'node_modules/.bin/tsc');

let folder: string;
let packed: { filename: string; files: { path: string }[] };

/** The environment of an ordinary user: this Node.js first, nothing of the `npm test` that runs around us. */
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_package_|npm_lifecycle_|npm_config_local_prefix|INIT_CWD|VITEST|NODE_ENV|FORCE_COLOR)/.test(
          name,
        ),
    ),
  ),
  NO_COLOR: '1',
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
};

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  try {
    return { code: 0, ...(await execute(command, args, { cwd, env, maxBuffer: 1 << 26 })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code: typeof code === 'number' ? code : 1, stdout, stderr };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-package-'));
  // `npm pack` builds first (prepack).
  const pack = await run('npm', ['pack', '--json', '--pack-destination', folder], projectRoot);
  expect(pack, 'npm pack').toMatchObject({ code: 0 });
  [packed] = JSON.parse(pack.stdout.slice(pack.stdout.indexOf('[\n'))) as [typeof packed];
  await writeFile(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
  const install = await run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed.filename}`],
    folder,
  );
  expect(install, 'npm install').toMatchObject({ code: 0 });
}, 300_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('the package holds what was built, and no source, test or tool', () => {
  const paths = packed.files.map((file) => file.path);
  expect(paths).toContain('dist/index.js');
  expect(paths).toContain('dist/index.d.ts');
  expect(paths).toContain('dist/batch/index.js');
  expect(paths).toContain('dist/testing/index.js');
  expect(paths).toContain('bin/waymark.js');
  expect(paths).toContain('LICENSE');
  expect(paths).toContain('docs/reference/errors.md');
  expect(
    paths.filter(
      (path) => !/^(bin|dist|docs|tsconfig)\/|^(package\.json|LICENSE|README\.md|CHANGELOG\.md)$/.test(path),
    ),
  ).toEqual([]);
});

test('waymark --version prints the version of the package', async () => {
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await run('npx', ['waymark', '--version'], folder)).toMatchObject({
    code: 0,
    stdout: `${manifest.version}\n`,
  });
});

test('waymark run runs a TypeScript script and prints its result', async () => {
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await writeFile(
    join(folder, 'scripts/greet.ts'),
    `import { checkpoint, self } from 'waymark';
     import { shout } from './shout.ts';

     export default async function greet(input: { name: string }): Promise<object> {
       const greeting: string = await checkpoint({ commit: () => shout('hello') });
       return { text: \`\${greeting} \${input.name}\`, attempt: self.attempt };
     }\n`,
  );
  await writeFile(
    join(folder, 'scripts/shout.ts'),
    'export const shout = (text: string): string => `${text.toUpperCase()}!`;\n',
  );
  const ended = await run('npx', ['waymark', 'run', 'scripts/greet.ts', '--input', '{"name":"Ada"}'], folder);
  expect(ended).toMatchObject({ code: 0 });
  expect(JSON.parse(ended.stdout)).toEqual({ text: 'HELLO! Ada', attempt: 1 });
});

test('the same script runs under plain Node.js', async () => {
  await writeFile(
    join(folder, 'plain.ts'),
    `import { checkpoint } from 'waymark';
     process.stdout.write(String(await checkpoint({ commit: () => 42 })));\n`,
  );
  expect(await run(process.execPath, ['plain.ts'], folder)).toMatchObject({ code: 0, stdout: '42' });
});

test('the published types are enough to type-check a consumer', async () => {
  await writeFile(
    join(folder, 'consumer.ts'),
    `import { call, checkpoint, publish, reply, self, sleep } from 'waymark';
     import { everyCrash, runSource, testScript } from 'waymark/testing';

     interface Order { id: string; total: number }

     export default async function order(input: Order): Promise<{ total: number; id: string }> {
       const stock = await call<{ left: number }>('stock', { id: input.id }, { timeout: '5s', retries: 2 });
       const total: number = await checkpoint({ commit: async () => input.total, recover: () => stock.left });
       await reply({ accepted: true });
       await publish('orders', input);
       await sleep('1h');
       return { total, id: self.id };
     }

     // @ts-expect-error the value of checkpoint() is what commit returns
     export const wrong: Promise<string> = checkpoint({ commit: () => 1 });
     export const result: Promise<unknown> = runSource('export default async () => 1;', { filename: 'one.ts', capture: 'never' });
     export const total: Promise<number> = testScript<{ total: number }>('order.ts', { calls: { stock: { left: 1 } } }).then((run) => run.result.total);
     await everyCrash('order.ts', () => ({ input: {}, seen: 0 }), (run, { seen }) => [run.sent('orders')[0]?.id, seen + 1]);\n`,
  );
  expect(await typeCheck('consumer.ts', { types: [] })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('with the types of Node.js, those of jobs too', async () => {
  await writeFile(
    join(folder, 'jobs.ts'),
    `import { job, JobOperator } from 'waymark/batch';

     export const copied: Promise<number> = new JobOperator().start(
       job('copy').chunk({ reader: [1, 2], processor: (item) => String(item), writer: (items) => void items[0]?.trim() }),
     );
     // @ts-expect-error the processor takes what the reader gives
     job('wrong').chunk({ reader: [1, 2], processor: (item: string) => item, writer: () => {} });\n`,
  );
  const node = { types: ['node'], typeRoots: [join(projectRoot, 'node_modules/@types')] };
  expect(await typeCheck('jobs.ts', node)).toEqual({ code: 0, stdout: '', stderr: '' });
});

/** What the compiler says of a file that imports the package, whose types are checked too. */
async function typeCheck(file: string, options: Readonly<Record<string, unknown>>): Promise<unknown> {
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'esnext'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    ...options,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  return run(typescript, ['-p', '.'], folder);
}

test('a project that extends waymark/tsconfig: its scripts pass the types, and run', async () => {
  const project = join(folder, 'project');
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'tsconfig.json'), '{ "extends": "waymark/tsconfig", "include": ["*.ts"] }');
  await writeFile(
    join(project, 'part.ts'),
    'export interface Part { readonly name: string }\nexport const part = (name: string): Part => ({ name });\n',
  );
  const script = `import { checkpoint, sleep } from 'waymark';
    import { type Part, part } from './part.ts';

    export default async function main(names: readonly string[]): Promise<Part[]> {
      await sleep('1ms');
      return checkpoint({ commit: () => names.map(part) });
    }\n`;
  await writeFile(join(project, 'script.ts'), script);
  // The types of Node.js, which a project has: the test has nothing to install them from.
  await symlink(join(projectRoot, 'node_modules/@types'), join(project, 'node_modules_types'));
  const check = (): Promise<Ended> =>
    run(typescript, ['-p', project, '--typeRoots', join(project, 'node_modules_types')], folder);
  expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
  const ended = await run('npx', ['waymark', 'run', 'project/script.ts', '--input', '["a","b"]'], folder);
  expect(ended).toMatchObject({ code: 0, stdout: '[{"name":"a"},{"name":"b"}]\n' });
  // What a script must not use, and what the compiler would refuse, is an error of types already.
  const wrong = script.replace('{ type Part, part }', '{ Part, part }');
  await writeFile(
    join(project, 'script.ts'),
    `${wrong}enum Colour { red }\nexport const first = Colour.red;\n`,
  );
  const { stdout } = await check();
  expect(stdout).toContain('error TS1294');
  expect(stdout).toContain('error TS1484');
});

test('with the condition waymark-source a clone needs no build', async () => {
  const program = `const { checkpoint } = await import('waymark');
    const { testScript } = await import('waymark/testing');
    console.log(checkpoint.name, testScript.name, import.meta.resolve('waymark').endsWith('/src/index.ts'));`;
  const args = ['--conditions=waymark-source', '--input-type=module', '-e', program];
  expect(await run(process.execPath, args, projectRoot)).toEqual({
    code: 0,
    stdout: 'checkpoint testScript true\n',
    stderr: '',
  });
});
