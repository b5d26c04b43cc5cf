/** Writes the files that do not exist yet; never changes one. Run: node test/snapshot/golden/write.ts */
import { existsSync, writeFileSync } from 'node:fs';
import { encode } from '../../../src/snapshot/index.ts';
import { context } from '../test-context.ts';
import { values } from './values.ts';

for (const [name, value] of Object.entries(values)) {
  const file = new URL(`format-1-${name}.snapshot`, import.meta.url);
  if (!existsSync(file)) writeFileSync(file, encode(value(), context));
}
