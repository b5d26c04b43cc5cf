/**
 * The seam to a replicated engine that knows who may do what (a lease), until when, and in which order it changed
 * hands (fencing tokens). A lease that is not renewed within `ttlMs` is nobody's.
 *
 * 1. At any moment at most one holder can renew a lease, by the engine's clock.
 * 2. Tokens of one lease grow from holder to holder.
 */
export interface LeaseRecord {
  readonly holder: string;
  /** Grows each time that the lease gets a new holder. */
  readonly token: number;
  /** Changes at each renewal. */
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
  /** Who took over what belongs to a name; stays until it is cleared, whatever becomes of the lease. */
  takenOver(name: string): Promise<string | undefined>;
  /** `by` undefined: it belongs to its name again. */
  setTakenOver(name: string, by: string | undefined): Promise<void>;
}
