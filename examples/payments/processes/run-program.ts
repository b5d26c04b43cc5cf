/**
 * Runs a program that is none of ours as a child of a Node.js process, so that it ends like all the others
 * (`die-with-parent.ts`): it belongs to the process group of this one.
 *
 *     node run-program.ts <program> [arguments...]
 */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
/** Where Debian puts servers, besides the PATH of ordinary users. */
const PATH = [process.env['PATH'] ?? '', '/usr/sbin', '/usr/local/sbin'].join(':');

const child = spawn(program, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PATH },
});
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.kill(process.pid, signal);
});
// The whole group gets it; this one goes when the program has gone.
process.on('SIGTERM', () => {});
