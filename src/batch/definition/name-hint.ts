/** What somebody probably meant who wrote a name that is not known. */

const FAR = 3;

/** ` Did you mean "x"?`, or nothing if no known name is near. */
export function nameHint(written: string, known: Iterable<string>): string {
  let best: string | undefined;
  let least = Math.min(FAR, Math.ceil(written.length / 3));
  for (const name of known) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance >= least) continue;
    best = name;
    least = distance;
  }
  return best === undefined ? '' : `. Did you mean ${JSON.stringify(best)}?`;
}

/** Letters to insert, remove or replace (Levenshtein); two neighbours that have changed places are two. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) >= FAR) return FAR;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
