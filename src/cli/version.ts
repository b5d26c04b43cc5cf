import { readFileSync } from 'node:fs';

/** Version of the package; the manifest lies two folders up, both in the sources and in what is built from them. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
