/** Code of a bundle as one wants to read it: bundles hold it without layout. */
import { print } from 'esrap';
import ts from 'esrap/languages/ts';
import { parseSync } from 'oxc-parser';

/** `code` of a bundle with indentation and empty lines, to be shown only. */
export function readableCode(code: string): string {
  const { program } = parseSync('code.js', code, { lang: 'js', sourceType: 'script', range: true });
  return print(program as never, ts() as never).code;
}
