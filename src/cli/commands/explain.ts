import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { AREAS, ERROR_PAGE, type Explanation, EXPLANATIONS, nearestCodes } from '../../explanations/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { jsonOption } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';
import { wrapped } from '../wrapped-text.ts';

/** `waymark explain`: what a code means, why it happens, what to do. */
export function explainCommand({ terminal }: CommandContext): Command {
  return new Command('explain')
    .description('Explain an error code, with an example; without a code, list them all.')
    .argument('[codes...]', 'codes such as WM4007, or words to look for')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark explain WM4007
  waymark explain 1024                       digits are enough
  waymark explain disk full                  finds the codes that speak of it
  waymark explain                            all codes`,
    )
    .action((codes: string[], options: { json?: boolean }) => {
      const isSearch = !/\d/.test(codes.join(''));
      const wanted = codes.length === 0 ? [...EXPLANATIONS.keys()] : codesMeant(codes, isSearch);
      const found = wanted.map((code) => [code, EXPLANATIONS.get(code)!] as const);
      if (options.json)
        terminal.out(JSON.stringify(found.map(([code, explanation]) => ({ code, ...explanation }))));
      else if (isSearch) terminal.out(listText(found, terminal));
      else
        terminal.out(
          found.map(([code, explanation]) => explanationText(code, explanation, terminal)).join('\n\n'),
        );
    });
}

/** @throws CliError WM8013 (exit code 3) */
function codesMeant(given: readonly string[], isSearch: boolean): readonly string[] {
  if (isSearch) {
    const matching = nearestCodes(given.join(' '), 10);
    if (matching.length > 0) return matching.toSorted();
  }
  const codes = given.map((text) => `WM${text.replace(/^wm-?/i, '')}`);
  const unknown = codes.findIndex((code) => !EXPLANATIONS.has(code));
  if (unknown < 0) return codes;
  const text = codes.some((code) => EXPLANATIONS.has(code)) ? given[unknown]! : given.join(' ');
  const near = nearestCodes(text).map((code) => `  ${code}  ${EXPLANATIONS.get(code)!.title}`);
  throw new CliError('WM8013', `There is no code ${text}`, {
    exitCode: EXIT.notFound,
    fix: near.length > 0 ? `Perhaps one of these:\n${near.join('\n')}` : '`waymark explain` lists them all.',
  });
}

function listText(found: readonly (readonly [string, Explanation])[], { outColors }: Terminal): string {
  const lines: string[] = [];
  let area: string | undefined;
  for (const [code, { title }] of found) {
    const next = AREAS[code.charAt(2)];
    if (next !== area) lines.push(...(area === undefined ? [] : ['']), outColors.bold(next ?? ''));
    area = next;
    lines.push(`  ${outColors.yellow(code)}  ${title}`);
  }
  return lines.join('\n');
}

function explanationText(
  code: string,
  { title, why, fix, example }: Explanation,
  terminal: Terminal,
): string {
  const { outColors, width } = terminal;
  const { bold, yellow, dim, red, green } = outColors;
  const lines = [
    `${yellow(code)} ${bold(title)}`,
    '',
    wrapped(why, width),
    '',
    bold('What to do'),
    wrapped(fix, width, '  '),
  ];
  const block = (heading: string, text: string): void => {
    lines.push('', heading, ...text.split('\n').map((line) => (line === '' ? '' : `    ${line}`)));
  };
  if (example) {
    for (const [name, text] of Object.entries(example.files ?? {})) block(`  ${bold(name)}`, text);
    block(`  ${red('✗')} ${bold('not so')}`, example.wrong);
    block(`  ${green('✓')} ${bold('but so')}`, example.right);
  }
  lines.push('', dim(`More: ${pageText(terminal)}#${code.toLowerCase()}`));
  return lines.join('\n');
}

/** The page of errors, as a path from here. It is part of the package. */
function pageText({ directory }: Terminal): string {
  const page = fileURLToPath(new URL(`../../../${ERROR_PAGE}`, import.meta.url));
  return existsSync(page) ? shownPath(page, directory) : ERROR_PAGE;
}
