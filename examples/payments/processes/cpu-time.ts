import { readdirSync, readFileSync } from 'node:fs';

/** Ticks per second of the figures in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU time that a process has used, user and system, all threads; seconds. Linux only (proc_pid_stat(5), fields 14 and 15).
 * @throws Error when there is no such process or no /proc
 */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The same of a process, of all that it has started and still run, and of those of them that have ended and were waited for (fields 14 to 17). */
export function treeCpuSeconds(root: number): number {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    let fields: readonly string[];
    try {
      fields = statOf(pid);
    } catch {
      // It has just ended.
      continue;
    }
    ticks.set(
      pid,
      fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0),
    );
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  let sum = 0;
  const left = [root];
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    sum += ticks.get(pid) ?? 0;
    left.push(...(children.get(pid) ?? []));
  }
  return sum / TICKS_PER_SECOND;
}

/** From the third field on. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field is the name in parentheses and may contain blanks.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
