/** Texts of scripts, and what a move of one to another gives. */
import { move } from './two-versions.ts';

const IMPORTS = `import { call, checkpoint } from 'waymark';\n`;

/** `body` begins in line 4. */
export const script = (body: string, before = ''): string =>
  `${IMPORTS}${before}\nexport default async function main(input) {\n${body}\n}\n`;

export const CHANGED =
  'the new code has no such suspension point: the expression or what is around it has changed';

/** What was refused; if nothing was, the result as text. */
export async function refused(from: string, to: string, input?: unknown): Promise<string[]> {
  const moved = await move(from, to, input);
  return 'refused' in moved ? moved.refused : [JSON.stringify(moved)];
}
