/** Installs what the comparison needs and Waymark does not: the peers' packages in this folder, as its lock file names them, and the servers. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const run = (cwd: string, program: string, ...args: string[]): void => {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`, { cause: error });
};
// Without the packages' install scripts: one of them reports the installation to its maker.
run(here, 'npm', 'ci', '--ignore-scripts');
run(here, process.execPath, '../../scripts/install-servers.ts');
// The programs that import the peers are left out of the project's own check of types.
run(here, '../../node_modules/.bin/tsc', '-p', '.');
