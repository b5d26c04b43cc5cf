/** Lines of a stack that are the author's: without those of Waymark and of Node.js itself. */

/** `src` in a checkout, `dist` in the package. */
const WAYMARK = new URL('..', import.meta.url);
const OWN = [
  WAYMARK.href,
  decodeURI(WAYMARK.pathname),
  '(node:',
  'at node:',
  'at async node:',
  '(<anonymous>)',
];

/** Message and frames are apart in `error.stack`: frames begin with four spaces and `at`. */
const FRAME = /^ {4}at /;

/** Empty when nothing of the author's was running. */
export function authorFrames(error: Pick<Error, 'stack'>): readonly string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => FRAME.test(line) && !OWN.some((place) => line.includes(place)));
}
