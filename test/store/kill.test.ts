import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { CODE, isAfter, planOf, requestIdOf, stepsInFlight } from './instance-plan.ts';
import { runAndKill } from './killed-writer.ts';

const LIVES = 10;

it.each(['main', 'worker'] as const)(
  'loses, changes and revives nothing acknowledged over kill -9 (%s thread)',
  async (thread) => {
    const directory = await mkdtemp(join(tmpdir(), 'waymark-kill-'));
    /** Steps that each instance has surely done, over all lives. */
    const done = new Map<string, number>();
    let acknowledgements = 0;
    try {
      for (let life = 0; life < LIVES; life++) {
        const milliseconds = Math.random() * 200;
        const acknowledged = await runAndKill({
          directory,
          thread,
          life: `life${life}`,
          writers: 32,
          killAfter: { milliseconds, acknowledgements: 300 },
        });
        for (const [id, step] of acknowledged) {
          acknowledgements += step - (done.get(id) ?? 0);
          done.set(id, step);
        }

        const store = await openSqliteStore({ directory, thread: 'main' });
        const unacknowledged: string[] = [];
        for await (const page of store.unfinished()) {
          for (const { id } of page) if (!done.has(id)) unacknowledged.push(id);
        }
        for (const { id } of await store.list({ limit: 1_000_000 }))
          if (!done.has(id)) unacknowledged.push(id);
        // At most one write of each writer was under way; it may have become durable without the answer being heard.
        for (const id of unacknowledged) {
          expect(id.startsWith(`life${life}-`), `${id} was revived`).toBe(true);
          done.set(id, 0);
        }
        let ahead = 0;
        for (const [id, steps] of done) {
          const stored = await store.load(id);
          if (isAfter(stored, id, steps)) continue;
          const said = JSON.stringify({ ...stored, snapshot: stored?.snapshot?.length, plan: planOf(id) });
          expect(
            isAfter(stored, id, steps + 1),
            `life ${life}, ${id} after ${steps} acknowledged steps is ${said}`,
          ).toBe(true);
          ahead++;
          done.set(id, steps + 1);
        }
        expect(ahead, 'more writes took effect than were under way').toBeLessThanOrEqual(32);
        for (const [id, steps] of [...done].slice(-200)) {
          const plan = planOf(id);
          if (plan.ending === 'complete' || steps <= stepsInFlight(plan)) continue;
          expect((await store.findRequest('payments', requestIdOf(id)))?.id).toBe(id);
        }
        // What the rows name is what is used, though nobody kept count.
        const left = await store.list({ limit: 1_000_000 });
        const named = new Set(left.filter(({ status }) => status !== 'completed').map((one) => one.codeHash));
        expect(await store.usedCode()).toEqual(CODE.filter((hash) => named.has(hash)));
        expect(await store.dropUnusedCode(new Set())).toEqual(CODE.filter((hash) => !named.has(hash)));
        await store.close();
      }
      expect(acknowledgements).toBeGreaterThan(3000);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
  600_000,
);
