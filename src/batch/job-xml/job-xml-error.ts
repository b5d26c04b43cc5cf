import { codeFrame } from '../../code-frame.ts';
import { WaymarkError } from '../../waymark-error.ts';
import type { SourcePlace } from '../definition/job-definition.ts';

export type JobXmlProblemCode = 'WM9001' | 'WM9002' | 'WM9003' | 'WM9004' | 'WM9005' | 'WM9006' | 'WM9007';

export interface JobXmlProblem {
  readonly code: JobXmlProblemCode;
  readonly message: string;
  readonly place: SourcePlace;
  readonly fix: string;
}

/** A job XML document that cannot be used. `message` has all problems with their lines, ready to print. */
export class JobXmlError extends WaymarkError {
  /** In the order of their places; at least one. */
  readonly problems: readonly JobXmlProblem[];

  /** @param source The document's text, to show the lines. */
  constructor(problems: readonly JobXmlProblem[], source: string) {
    const inOrder = problems.toSorted(
      (a, b) => a.place.line - b.place.line || a.place.column - b.place.column,
    );
    super(inOrder[0]!.code, inOrder.map((problem) => problemText(problem, source)).join('\n\n'), {
      fix: inOrder[0]!.fix,
    });
    this.problems = inOrder;
  }
}

function problemText({ code, message, place, fix }: JobXmlProblem, source: string): string {
  const frame = codeFrame(source, { line: place.line, column: place.column - 1 });
  return `${place.file}:${place.line}:${place.column} ${code} ${message}\n\n${frame}\n\n  fix: ${fix}`;
}
