/**
 * The directory in which the processes of a mesh find each other: one socket `<peer id>.<incarnation>.sock` for each.
 * A name is never used twice, so that removing a dead socket can never hit a live one.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TransportError } from '../transport-error.ts';
import { isToken } from '../subject.ts';

/** The smallest `sun_path` of the systems that have Unix sockets (macOS: 104 with the final zero byte). */
const MAX_PATH_BYTES = 103;
const ENDING = '.sock';

export interface PeerName {
  readonly id: string;
  readonly incarnation: string;
}

/** One process among all there ever were: `<peer id>.<incarnation>`. */
export function fullName(name: PeerName): string {
  return `${name.id}.${name.incarnation}`;
}

export class SocketDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws TransportError WM6010 when a socket in the directory would have too long a path */
  async create(self: PeerName): Promise<void> {
    const path = this.socketPath(self);
    if (Buffer.byteLength(path) > MAX_PATH_BYTES) {
      throw new TransportError(
        'pathTooLong',
        `The socket path ${path} is longer than ${MAX_PATH_BYTES} bytes`,
        {
          fix: 'Choose a directory with a shorter path, for example under /tmp or /run.',
        },
      );
    }
    // Whoever can connect can send messages: for this user only.
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
  }

  socketPath(name: PeerName): string {
    return join(this.#path, fullName(name) + ENDING);
  }

  /** Where a socket is bound before it listens; nobody looks for it under this name. */
  unpublishedPath(name: PeerName): string {
    return join(this.#path, `${name.incarnation}.new`);
  }

  /** Makes a listening socket visible; before, a connection to it could be refused and it would be taken for dead. */
  async publish(name: PeerName): Promise<void> {
    await rename(this.unpublishedPath(name), this.socketPath(name));
  }

  async remove(name: PeerName): Promise<void> {
    await rm(this.socketPath(name), { force: true });
  }

  /** Every process whose socket is there, dead or alive. */
  async scan(): Promise<PeerName[]> {
    const names: PeerName[] = [];
    for (const entry of await readdir(this.#path)) {
      if (!entry.endsWith(ENDING)) continue;
      const [id, incarnation, ...rest] = entry.slice(0, -ENDING.length).split('.');
      if (id === undefined || incarnation === undefined || rest.length > 0) continue;
      if (isToken(id) && isToken(incarnation)) names.push({ id, incarnation });
    }
    return names;
  }
}
