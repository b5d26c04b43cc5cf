import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { compileAll, type CompiledScript } from '../compile-all.ts';
import { diagnosticsText, shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { scriptsAt } from '../script-files.ts';
import { jsonOption } from '../shared-options.ts';

/** `waymark check`: compiles and says what is wrong, without running anything. */
export function checkCommand({ terminal, exit }: CommandContext): Command {
  return new Command('check')
    .description('Compile scripts and print what is wrong with them; no script is run.')
    .argument('<path>', 'a folder of scripts, or one script')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark check scripts
  waymark check scripts/payment.ts --json
Packages are loaded to see whether they export what is imported.
Exits with 5 when a script cannot be compiled.`,
    )
    .action(async (path: string, options: { json?: boolean }) => {
      const results = await compileAll(await scriptsAt(path, terminal));
      const failed = results.filter((result) => !result.ok);
      if (failed.length > 0) exit(EXIT.checkFailed);
      if (options.json) {
        terminal.out(
          JSON.stringify(
            results.map((result) => asData(result, terminal.directory)),
            null,
            2,
          ),
        );
        return;
      }
      for (const { diagnostics } of failed) {
        terminal.out(`${diagnosticsText(diagnostics, terminal.directory)}\n`);
      }
      const summary = `${results.length} checked, ${results.length - failed.length} ok, ${failed.length} with errors`;
      terminal.talk(failed.length > 0 ? terminal.colors.red(summary) : terminal.colors.green(summary));
    });
}

function asData(result: CompiledScript, directory: string): object {
  const file = shownPath(result.file, directory);
  return result.ok
    ? { file, ok: true, hash: result.bundle.hash, diagnostics: [] }
    : {
        file,
        ok: false,
        diagnostics: result.diagnostics.map((found) => ({
          ...found,
          file: shownPath(found.file, directory),
        })),
      };
}
