/** Entry of the command line: parses, runs one command, gives the exit code. */
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { exitCodeOf, reportError } from './error-report.ts';
import { buildProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/**
 * Runs `waymark` with the given arguments (without `node` and the program's name).
 * Never throws: a failure is printed to `terminal.talk` and becomes the exit code.
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let code: number = EXIT.ok;
  const program = await buildProgram({ terminal, exit: (value) => (code = value) }, args[0]);
  try {
    await program.parseAsync(args as string[], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its message already; help and version are no failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    reportError(error, terminal, args.includes('--json'));
    return exitCodeOf(error);
  }
}
