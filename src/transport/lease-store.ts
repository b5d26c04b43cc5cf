/**
 * The seam to a replicated engine that knows who may do what (a lease), until when, and in which order it changed
 * hands (fencing tokens). A lease that is not renewed within `ttlMs` is nobody's.
 *
 * 1. At any moment at most one holder can renew a lease, by the engine's clock.
 * 2. Tokens of one lease grow from holder to holder.
 * 3. Of two claims of one name that expect the same revision at most one succeeds, whenever they arrive.
 */
export interface LeaseRecord {
  readonly holder: string;
  /** Grows each time that the lease gets a new holder. */
  readonly token: number;
  /** Changes at each renewal. */
  readonly revision: number;
}

/** Whose the instances of a name are. Stays until it is written again, whatever becomes of the lease. */
export interface Owner {
  /** Who took over what belongs to the name; undefined: they are its own. */
  readonly takenOver: string | undefined;
  /** The name's own node acknowledges what its peer does not have: nobody may go on from the copies. Not together with `takenOver`. */
  readonly alone?: Alone | undefined;
}

export interface Alone {
  /** Fencing token of the lease under which it was written. */
  readonly token: number;
  /** Since when, by the node's clock, ms since the epoch. */
  readonly since: number;
}

export interface Ownership extends Owner {
  /** Grows at each write; 0 before the first. */
  readonly revision: number;
}

export interface LeaseStore {
  /** A lease that is not renewed for so long is gone, ms. */
  readonly ttlMs: number;
  /** The lease, if nobody has it. */
  acquire(name: string, holder: string): Promise<LeaseRecord | undefined>;
  /** The same lease for another `ttlMs` from now on; undefined if it is no longer what the record says. */
  renew(name: string, record: LeaseRecord): Promise<LeaseRecord | undefined>;
  read(name: string): Promise<LeaseRecord | undefined>;
  /** Gives it back; nothing if it is no longer what the record says. */
  release(name: string, record: LeaseRecord): Promise<void>;
  /** Whose the instances of a name are. May be an earlier state than the last (a server that is behind answered): see `claim`. */
  ownership(name: string): Promise<Ownership>;
  /**
   * Writes whose they are, if nobody has done so since `revision`: the new revision, else undefined. After a rejection it may have been
   * written or not, and may still be written later.
   */
  claim(name: string, owner: Owner, revision: number): Promise<number | undefined>;
}
