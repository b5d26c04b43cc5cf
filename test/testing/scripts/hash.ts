import { createHash } from 'node:crypto';

export default async function main() {
  const hash = createHash('sha256');
  await Promise.resolve();
  return hash.digest('hex').length;
}
