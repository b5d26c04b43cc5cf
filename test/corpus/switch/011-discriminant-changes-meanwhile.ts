/** The value is taken once: what the cases do to the variable does not change what they are compared with. */
export default async function main() {
  const seen: unknown[] = [];
  let value = 1;
  const box = { get it() { seen.push('read'); return value; } };
  for (let round = 0; round < 3; round++) {
    switch (box.it) {
      case (value += 1) - 1:
        seen.push(['first', value]);
        await null;
        value = round;
      // falls through
      case await (value += 10):
        seen.push(['second', value]);
        break;
      case value:
        seen.push(['third', value]);
    }
  }
  switch (await value) {
  }
  switch (NaN) {
    case NaN:
      seen.push('never');
      break;
    case await 0:
      seen.push('never either');
  }
  return seen;
}
