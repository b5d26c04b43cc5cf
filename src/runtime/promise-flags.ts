/** States of a promise, and what else is known of it, as bits of one number. */
export const PENDING = 0;
export const FULFILLED = 1;
export const REJECTED = 2;

// Flags of a promise. The two low bits are its state.
export const STATE = 3;
export const HANDLED = 4;
/** The wait that is over was for a rejected promise. */
export const FAILED = 8;
/** Suspended, and the wait is not over. */
export const AWAITING = 16;
/** Belongs to the owner's `waiting`. */
export const LISTED = 32;
/** Has a place in the owner's `waiting`, which may be out of date. */
export const LOGGED = 64;
/** Nobody can ever settle it: its resolving functions were given to nobody. */
export const NEVER = 128;
/** Its resolving functions were given away: native code may have them. */
export const GIVEN = 256;
/** Among those that its owner watches. */
export const WATCHED = 512;

// Further flags in snapshots: which fields follow.
export const WITH_FRAME = 16;
export const WITH_WAITING = 32;
export const WITH_GOT = 64;
export const WITH_AWAITED = 128;
export const WITH_PROPERTIES = 256;
export const IS_NEVER = 512;
/** All bits that a snapshot can have. */
export const ALL_SAVED = 1023;

/** How many fields of a promise come before those of its frame in a snapshot. */
export function fieldsBeforeFrame(flags: number): number {
  const isSettled = (flags & STATE) !== PENDING;
  const optional = [WITH_PROPERTIES, WITH_WAITING, WITH_GOT, WITH_AWAITED];
  return 1 + Number(isSettled) + optional.filter((flag) => (flags & flag) !== 0).length;
}
