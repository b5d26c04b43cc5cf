import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { compileScript } from '../compile-all.ts';
import { scriptFile } from '../script-files.ts';
import { jsonOption } from '../shared-options.ts';

/** `waymark compile`: shows what the compiler makes of a script. */
export function compileCommand({ terminal }: CommandContext): Command {
  return new Command('compile')
    .description('Print what a script is compiled to.')
    .argument('<script>', 'the script')
    .addOption(new Option('--map', 'print the source map instead of the code').conflicts('json'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark compile payment.ts                 the resumable JavaScript
  waymark compile payment.ts --map           its source map
  waymark compile payment.ts --json          code, map, functions, suspension points and live variables`,
    )
    .action(async (script: string, options: { map?: boolean; json?: boolean }) => {
      const bundle = await compileScript(await scriptFile(script, terminal));
      if (options.json) terminal.out(JSON.stringify(bundle, null, 2));
      else if (options.map) terminal.out(bundle.map);
      else terminal.out(bundle.code);
    });
}
