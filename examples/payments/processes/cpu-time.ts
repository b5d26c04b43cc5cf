import { readFileSync } from 'node:fs';

/** Ticks per second of the figures in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU time that a process has used, user and system, all threads; seconds. Linux only (proc_pid_stat(5), fields 14 and 15).
 * @throws Error when there is no such process or no /proc
 */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field is the name in parentheses and may contain blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
