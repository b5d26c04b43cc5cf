/**
 * The fencing token that a writer's database keeps with a chunk record: the fence of the execution, and how often the partition has been begun in it.
 * Whoever runs a partition that was given to somebody else later has the lower token, and cannot commit any more.
 */

/** So many attempts have a token of their own; a partition that loses its node is given up long before. */
const ATTEMPTS = 1 << 16;

/** @param attempt From 0. */
export const writerToken = (fence: number, attempt: number): number =>
  fence * ATTEMPTS + Math.min(attempt, ATTEMPTS - 1);

/** The highest token of all executions before: what has it was not written by this one. */
export const tokenBefore = (fence: number): number => fence * ATTEMPTS - 1;
