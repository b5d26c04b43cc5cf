import { Command, Option } from 'commander';
import { capturePlan } from '../capture-plan.ts';
import { capturePlanText } from '../capture-plan-text.ts';
import type { CommandContext } from '../command-context.ts';
import { compileScript } from '../compile-all.ts';
import { scriptFile } from '../script-files.ts';
import { jsonOption } from '../shared-options.ts';

/** `waymark compile`: shows what the compiler makes of a script. */
export function compileCommand({ terminal }: CommandContext): Command {
  return new Command('compile')
    .description('Print what a script is compiled to, or explain what a checkpoint of it holds.')
    .argument('<script>', 'the script')
    .addOption(new Option('--map', 'print the source map instead of the code').conflicts('json'))
    .addOption(new Option('--explain', 'where it can wait, and what is saved there').conflicts('map'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark compile payment.ts                 the resumable JavaScript
  waymark compile payment.ts --explain       where it can wait, what is saved there, what may not be saved
  waymark compile payment.ts --explain --json
  waymark compile payment.ts --map           its source map
  waymark compile payment.ts --json          code, map, functions, suspension points and live variables`,
    )
    .action(async (script: string, options: { map?: boolean; json?: boolean; explain?: boolean }) => {
      const file = await scriptFile(script, terminal);
      const bundle = await compileScript(file);
      if (options.explain) {
        const { findNativeValues } = await import('../../compiler/native-values.ts');
        const plan = capturePlan(bundle, file, findNativeValues(file));
        terminal.out(options.json ? JSON.stringify(plan, null, 2) : capturePlanText(plan, terminal));
      } else if (options.json) terminal.out(JSON.stringify(bundle, null, 2));
      else if (options.map) terminal.out(bundle.map);
      else {
        const { readableCode } = await import('../../compiler/readable-code.ts');
        terminal.out(readableCode(bundle.code));
      }
    });
}
