/** Database servers refuse to run as root: who runs the tests as root starts them as somebody who owns nothing else. */
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** @param names Tried in this order. @returns undefined for whoever is not root: the servers run as that user */
export function unprivilegedAccount(...names: readonly string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of [...names, 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((option) => {
      const { status, stdout } = spawnSync('id', [option, name], { encoding: 'utf8' });
      return status === 0 ? Number(stdout) : undefined;
    });
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(`There is none of the users ${names.join(', ')}, nobody, to run a server as.`);
}

export function give(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
