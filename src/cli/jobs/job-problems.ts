/** What is wrong with the definition of a job, each problem with the lines where it stands. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { JobStartError } from '../../batch/batch-error.ts';
import type { SourcePlace } from '../../batch/definition/job-definition.ts';
import { JobXmlError } from '../../batch/job-xml/job-xml-error.ts';
import { codeFrame } from '../../code-frame.ts';
import type { Terminal } from '../terminal.ts';

/** Undefined for any other error. */
export function jobProblemsText(error: unknown, terminal: Terminal): string | undefined {
  if (error instanceof JobXmlError) return error.message;
  if (!(error instanceof JobStartError)) return undefined;
  const { red, dim } = terminal.colors;
  const problems = error.problems.map(({ code, message, place }) => {
    if (place === undefined) return `${message} ${dim(`(${code})`)}`;
    const frame = frameAt(place, terminal.directory);
    const where = `${place.file}:${place.line}:${place.column} ${code} ${message}`;
    return frame === undefined ? where : `${where}\n\n${frame}\n`;
  });
  return [`${red('waymark:')} The job cannot start, nothing has been run:`, ...problems].join('\n');
}

function frameAt({ file, line, column }: SourcePlace, directory: string): string | undefined {
  try {
    return codeFrame(readFileSync(resolve(directory, file), 'utf8'), { line, column: column - 1 });
  } catch {
    // It was loaded from somewhere else.
    return undefined;
  }
}
