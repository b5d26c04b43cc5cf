import { join, basename as base } from 'node:path';
import { createHash } from 'node:crypto';
export default async function main() {
  const path = join('a', await 'b', '..', 'c.txt');
  const name = base(path);
  await null;
  const text = await name;
  const hash = createHash('sha256').update(text).digest('hex');
  return { path, name, hash };
}
