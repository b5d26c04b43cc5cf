/**
 * Where the process that holds a data folder can be asked: a Unix socket, named in a file in the folder. The file may be stale after
 * a kill -9; then nobody answers at its socket.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ADDRESS_FILE = 'waymark-admin.json';
const SOCKET_FILE = 'admin.sock';
/** The smallest `sun_path` of the systems that have Unix sockets, without its final zero byte. */
const MOST_BYTES = 103;

/** In the folder itself; in the folder for temporary files if the path would be too long for a socket. */
export function socketFor(folder: string): string {
  const inside = join(resolve(folder), SOCKET_FILE);
  if (Buffer.byteLength(inside) <= MOST_BYTES) return inside;
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24);
  return join(tmpdir(), `waymark-${name}.sock`);
}

export async function writeAddress(folder: string, socket: string): Promise<void> {
  await writeFile(join(folder, ADDRESS_FILE), `${JSON.stringify({ socket, pid: process.pid })}\n`);
}

export async function removeAddress(folder: string): Promise<void> {
  await rm(join(folder, ADDRESS_FILE), { force: true });
}

/** Undefined if no process has said where. */
export async function readAddress(folder: string): Promise<string | undefined> {
  try {
    const { socket } = JSON.parse(await readFile(join(folder, ADDRESS_FILE), 'utf8')) as { socket?: unknown };
    return typeof socket === 'string' ? socket : undefined;
  } catch {
    return undefined;
  }
}
