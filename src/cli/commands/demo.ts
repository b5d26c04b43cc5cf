import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

const DEMOS = ['payments'];

/** `waymark demo`: starts one of the examples as a process of its own. */
export function demoCommand({ terminal, exit }: CommandContext): Command {
  return new Command('demo')
    .description('Run an example that shows what survives.')
    .argument('<name>', `which one: ${DEMOS.join(', ')}`)
    .argument('[options...]', 'options of the demo; write -- before them')
    .addHelpText(
      'after',
      `
Examples:
  waymark demo payments               four nodes, one of them killed every few seconds
  waymark demo payments -- --help     what can be set`,
    )
    .action(async (name: string, options: string[]) => {
      if (!DEMOS.includes(name)) {
        throw new CliError('WM8003', `There is no demo named ${name}`, {
          exitCode: EXIT.notFound,
          fix: `Choose one of: ${DEMOS.join(', ')}.`,
        });
      }
      exit(await runDemo(name, options, terminal.interrupted));
    });
}

/** The examples are part of the repository, not of the package. */
function demoFile(name: string): string {
  const file = fileURLToPath(new URL(`../../../examples/${name}/demo.ts`, import.meta.url));
  if (!existsSync(file)) {
    throw new CliError('WM8004', `The demo ${name} is not part of the installed package`, {
      exitCode: EXIT.notFound,
      fix: 'Run it in a clone of the repository: npm ci && npm run demo',
    });
  }
  return file;
}

function runDemo(name: string, options: readonly string[], interrupted: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, [demoFile(name), ...options], { stdio: 'inherit' });
  // Ctrl-C reaches the whole process group from the terminal; SIGTERM reaches only us.
  interrupted.addEventListener('abort', () => child.kill(interrupted.reason as NodeJS.Signals));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
