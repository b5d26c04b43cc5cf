import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One corpus program: `name` is `<area>/<nnn>-<name>`, `file` its absolute path. */
export interface Program {
  readonly name: string;
  readonly area: string;
  readonly file: string;
  /** The file name says `rejects`: the program is expected to end with an error. */
  readonly rejects: boolean;
}

const root = fileURLToPath(new URL('../corpus/', import.meta.url));

/** All programs of the corpus whose name contains `filter`, in order of name. */
export function listPrograms(filter = ''): Program[] {
  const programs: Program[] = [];
  for (const area of readdirSync(root).sort()) {
    for (const entry of readdirSync(`${root}${area}`).sort()) {
      if (!entry.endsWith('.ts')) continue;
      const name = `${area}/${entry.slice(0, -'.ts'.length)}`;
      if (name.includes(filter))
        programs.push({ name, area, file: `${root}${area}/${entry}`, rejects: /\brejects\b/.test(name) });
    }
  }
  return programs;
}
