/** Which transition an exit status takes (Jakarta Batch 2.1, sections 8.6 and 8.9.2). */
import type { ResolvedTransition } from '../../definition/resolved-job.ts';

/** The first that matches, in the order in which they are written. */
export const transitionFor = (
  transitions: readonly ResolvedTransition[],
  exitStatus: string,
): ResolvedTransition | undefined => transitions.find(({ on }) => matchesGlob(on, exitStatus));

/** `*` stands for any number of characters, `?` for one. */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  let index = 0;
  while (index < text.length) {
    const character = glob[at];
    if (character === '*') {
      star = at++;
      afterStar = index;
    } else if (character === '?' || character === text[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      // What the last star stands for becomes longer by one.
      at = star + 1;
      index = ++afterStar;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
