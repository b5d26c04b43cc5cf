import type { StoreReader } from '../server/admin-client.ts';
import type { StoredInstance } from '../store/checkpoint-store.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';

/** More than anybody has; so that an id is not found unique among the newest only. */
const EVERYTHING = 10_000_000;

/**
 * The instance with this id, or with the only id that begins so.
 *
 * @throws CliError WM8011 (exit code 2) if several begin so, WM8012 (exit code 3) if none does
 */
export async function findInstance(store: StoreReader, id: string): Promise<StoredInstance> {
  const exact = await store.load(id);
  if (exact !== undefined) return exact;
  const matches = await instancesBeginningWith(store, id);
  if (matches.length > 1) {
    throw new CliError('WM8011', `${matches.length} instances begin with ${id}`, {
      exitCode: EXIT.usage,
      fix: `Give more of the id: ${matches.slice(0, 3).join(', ')}${matches.length > 3 ? ' ...' : ''}`,
    });
  }
  const found = matches[0] === undefined ? undefined : await store.load(matches[0]);
  if (found !== undefined) return found;
  throw unknownInstance(
    id,
    'See `waymark instances list`. A result is kept for an hour, then the instance is forgotten.',
  );
}

export async function instancesBeginningWith(store: StoreReader, id: string): Promise<readonly string[]> {
  if (id === '') return [];
  return (await store.list({ limit: EVERYTHING }))
    .filter((one) => one.id.startsWith(id))
    .map((one) => one.id);
}

export function unknownInstance(id: string, fix: string): CliError {
  return new CliError('WM8012', `There is no instance ${id} in this data folder`, {
    exitCode: EXIT.notFound,
    fix,
  });
}
