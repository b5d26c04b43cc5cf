import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 500;

/**
 * How long to wait before a request is sent again: what the server asks for (`Retry-After`, RFC 9110 section 10.2.3: seconds or a date), otherwise
 * half a second, doubled each time.
 */
export function pauseOf(response: Response | undefined, attempt: number, longest: number): number {
  const asked = response?.headers.get('retry-after')?.trim();
  if (asked !== undefined && asked !== '') {
    if (/^\d+$/.test(asked)) return Math.min(longest, Number(asked) * 1000);
    const until = Date.parse(asked);
    const now = Date.parse(response?.headers.get('date') ?? '');
    if (!Number.isNaN(until) && !Number.isNaN(now)) return Math.min(longest, Math.max(0, until - now));
  }
  return Math.min(longest, FIRST_PAUSE_MS * 2 ** attempt);
}

/** Waits, or less if the job is asked to stop. */
export async function waitFor(ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stopping });
  } catch {
    // The request that follows says that it was aborted.
  }
}
