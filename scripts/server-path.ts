/** Where Debian puts servers, besides the PATH of ordinary users. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const POSTGRES = '/usr/lib/postgresql';

/** A PATH: that of this process, then system folders, then PostgreSQL's of the newest version. */
export function serverPath(): string {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
  const postgres = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES, version, 'bin'));
  return [process.env['PATH'] ?? '', '/usr/sbin', '/usr/local/sbin', ...postgres].join(':');
}
