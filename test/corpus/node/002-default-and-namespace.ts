import util, { format } from 'node:util';
import * as path from 'node:path';
export default async function main() {
  const held = { format, posix: path.posix };
  await null;
  return [held.format('%s-%d', 'a', 1), util.format === held.format, held.posix.join('x', 'y'), path.posix === held.posix];
}
