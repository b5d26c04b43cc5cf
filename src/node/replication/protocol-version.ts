/**
 * Which versions of the replication protocol a node speaks, and how two nodes agree on one. Versions change what messages mean; features
 * add kinds of records that a peer without them is not sent. So the two nodes of a pair may be updated one after the other.
 */
export interface Speaks {
  /** Oldest and newest version. */
  readonly oldest: number;
  readonly newest: number;
  /** What may be sent beyond that. */
  readonly features: readonly string[];
}

/** Record that lets the peer drop code, with the hashes to keep. */
export const DROP_CODE = 'drop-code';

/** Version 1: the first that says which it is. */
export const SPEAKS: Speaks = { oldest: 1, newest: 1, features: [DROP_CODE] };

/** What two nodes speak with each other. */
export interface Agreed {
  readonly version: number;
  readonly features: ReadonlySet<string>;
}

/** The newest version that both speak, with the features of both; a text that says why there is none. */
export function agree(mine: Speaks, theirs: Speaks | undefined, who: string): Agreed | string {
  const here = `this node speaks ${versions(mine)}`;
  if (theirs === undefined)
    return `${who} does not say which version of the replication protocol it speaks; ${here}`;
  const version = Math.min(mine.newest, theirs.newest);
  if (version < mine.oldest || version < theirs.oldest)
    return `${who} speaks the replication protocol in ${versions(theirs)}; ${here}`;
  const features = new Set(mine.features.filter((feature) => theirs.features.includes(feature)));
  return { version, features };
}

function versions({ oldest, newest }: Speaks): string {
  return oldest === newest ? `version ${newest}` : `versions ${oldest} to ${newest}`;
}
