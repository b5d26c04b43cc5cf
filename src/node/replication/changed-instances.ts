/**
 * Which instances have changed since the last session with the peer ended. Owns: their ids. Invariant: what `take` gives is all of them;
 * it gives nothing when that is not known.
 */
interface EndedSession {
  readonly session: string;
  /** Last batch that the peer has acknowledged. */
  readonly number: number;
}

/** More than this are not remembered one by one: all instances are compared. */
const MOST = 200_000;

export class ChangedInstances {
  #since: EndedSession | undefined;
  #ids = new Set<string>();

  /** From now on. Undefined: what the peer has is not known. */
  begin(since: EndedSession | undefined): void {
    this.#since = since;
    this.#ids = new Set();
  }

  /** `id` undefined: something about no instance (code, expiry), which is found by comparing. */
  add(id: string | undefined): void {
    if (this.#since === undefined) return;
    if (id === undefined || this.#ids.size >= MOST) this.begin(undefined);
    else this.#ids.add(id);
  }

  /** All of them if that session was the peer's last, too. Forgets them. */
  take(peerSession: string | undefined): ReadonlySet<string> | undefined {
    const ids = this.#since !== undefined && this.#since.session === peerSession ? this.#ids : undefined;
    this.begin(undefined);
    return ids;
  }
}
