/**
 * A script under test, from its start to its end over all its lives, in virtual time.
 *
 * Owns: the life that runs now, the last durable checkpoint, the crashes that are still to come. Invariants:
 * T1. There is at most one life. What a dead one asks for, or is told, has no effect.
 * T2. The clock moves only when the script cannot go on by itself, no answer is being worked out and nothing native is awaited.
 * T3. A life begins with the last durable checkpoint, or from the start with the same id if there is none.
 */
import type { Outcome } from '../runtime/host.ts';
import { framesOf } from '../runtime/inspect.ts';
import { Instance } from '../runtime/instance.ts';
import type { Realm } from '../runtime/realm.ts';
import { RuntimeCode, RuntimeError } from '../runtime/runtime-error.ts';
import { endingOf } from '../node/results.ts';
import { NodeError } from '../node/node-error.ts';
import { decodeError } from '../node/replies.ts';
import { decodePayload } from '../payload.ts';
import { type CrashPoint, crashText } from './crash-point.ts';
import { elapsedText } from './elapsed-text.ts';
import { Life } from './life.ts';
import { ScriptRun, type TestCheckpoint } from './script-run.ts';
import type { Answers } from './sent-message.ts';
import { TestWorld } from './test-world.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface LifeCycleInit {
  readonly id: string;
  readonly script: string;
  readonly requestId: string;
  readonly input: unknown;
  readonly clock: VirtualClock;
  readonly answers: Answers;
  readonly freshRealm: () => Realm;
  readonly capture: boolean;
  /** In this order. */
  readonly crashes: readonly CrashPoint[];
  /** How long the process is away after a crash, milliseconds. */
  readonly downtime: number;
}

export class LifeCycle {
  readonly init: LifeCycleInit;
  readonly world: TestWorld;
  readonly #started: number;
  readonly #story: string[] = [];
  readonly #checkpoints: TestCheckpoint[] = [];
  readonly #crashes: CrashPoint[] = [];
  readonly #crashesToCome: CrashPoint[];
  readonly #over = Promise.withResolvers<ScriptRun>();
  #life: Life | undefined;
  #lives = 0;
  /** Since the last start from the beginning, which is the first attempt again. */
  #attempt = 0;
  #durable: { readonly number: number; readonly snapshot: Uint8Array } | undefined;
  #lookScheduled = false;

  constructor(init: LifeCycleInit) {
    this.init = init;
    this.#started = init.clock.now;
    this.#crashesToCome = [...init.crashes];
    this.world = new TestWorld(init.answers, {
      clock: init.clock,
      told: (text) => this.tell(text),
      moved: () => this.lookLater(),
    });
  }

  /** Rejects only when the script can never end, or when capturing it everywhere fails. */
  run(): Promise<ScriptRun> {
    this.#begin(undefined);
    return this.#over.promise;
  }

  get lives(): number {
    return this.#lives;
  }

  tell(text: string): void {
    this.#story.push(`${elapsedText(this.init.clock.now - this.#started).padStart(10)}  ${text}`);
  }

  #begin(downSince: number | undefined): void {
    this.#lives++;
    const durable = this.#durable;
    this.#attempt = durable === undefined ? 1 : this.#attempt + 1;
    const life = new Life(
      this,
      durable?.snapshot,
      this.#attempt,
      durable === undefined ? undefined : downSince,
    );
    this.#life = life;
    if (durable === undefined) {
      this.tell(`start ${JSON.stringify(this.init.input) ?? ''}`.trimEnd());
      life.instance.start(this.init.input);
    } else {
      this.tell(`restored from checkpoint ${durable.number}, attempt ${this.#attempt}`);
      if (this.#crashIfDue(life, durable.number, 'before-commit')) return;
      life.watchCommits(durable.number);
      life.instance.resume();
    }
    this.lookLater();
  }

  /** Called by a life: its checkpoint is to be made durable. */
  save(life: Life, instance: Instance, number: number, snapshot: Uint8Array): Promise<void> {
    if (this.#crashIfDue(life, number - 1, 'before-next')) return NEVER;
    this.#durable = { number, snapshot };
    const { now: time } = this.init.clock;
    const place = placeOf(instance);
    this.#checkpoints.push({ number, place, bytes: snapshot.length, life: this.#lives, time });
    this.tell(`checkpoint ${number} at ${place}, ${snapshot.length} bytes`);
    if (this.#crashIfDue(life, number, 'before-commit')) return NEVER;
    life.watchCommits(number);
    return Promise.resolve();
  }

  /** Called by a life after every job: are the commits of its last checkpoint over? */
  afterCommit(life: Life, number: number): void {
    this.#crashIfDue(life, number, 'after-commit');
  }

  /** Called by a life when its instance is over. */
  ended(life: Life, outcome: Outcome): void {
    if (this.#crashIfDue(life, this.#durable?.number ?? 0, 'before-next', true)) return;
    life.die();
    const ending = endingOf(outcome);
    this.tell(
      ending.status === 'completed'
        ? `completed ${textOf(ending.body)}`.trimEnd()
        : `failed ${textOf(ending.body)}`,
    );
    const failure =
      outcome.status === 'completed'
        ? new NodeError(ending.errorCode as never, decodeError(ending.body, '').message)
        : outcome.error;
    this.#finish(
      ending.status === 'completed'
        ? { status: 'completed', value: decodePayload(ending.body) }
        : { status: 'failed', error: failure },
    );
  }

  /** The test cannot go on. */
  fail(error: unknown): void {
    this.#life?.die();
    this.#life = undefined;
    this.#over.reject(error as Error);
  }

  #finish(ending: ConstructorParameters<typeof ScriptRun>[0]['ending']): void {
    this.#life = undefined;
    this.#over.resolve(
      new ScriptRun({
        ending,
        id: this.init.id,
        messages: this.world.messages,
        checkpoints: this.#checkpoints,
        crashes: this.#crashes,
        lives: this.#lives,
        elapsed: this.init.clock.now - this.#started,
        story: this.#story,
      }),
    );
  }

  #crashIfDue(life: Life, checkpoint: number, moment: CrashPoint['moment'], atEnd = false): boolean {
    const point = this.#crashesToCome[0];
    if (point?.checkpoint !== checkpoint || point.moment !== moment) return false;
    this.#crashesToCome.shift();
    this.#crashes.push(point);
    this.tell(`CRASH ${crashText(point, atEnd ? checkpoint : undefined)}`);
    life.die();
    this.#life = undefined;
    const { clock, downtime } = this.init;
    const downSince = clock.now;
    // When what is on the native stack is over.
    setImmediate(() => {
      clock.clear();
      clock.skip(downtime);
      try {
        this.#begin(downSince);
      } catch (error) {
        this.fail(error);
      }
    });
    return true;
  }

  /** When all that can happen by itself has happened, time goes on. */
  lookLater(): void {
    if (this.#lookScheduled) return;
    this.#lookScheduled = true;
    setImmediate(() => {
      this.#lookScheduled = false;
      this.#look();
    });
  }

  #look(): void {
    const life = this.#life;
    if (life === undefined) return;
    // The end of an answer looks again.
    if (this.world.busy > 0) return;
    if (life.waitsForNative) {
      // What settles it makes the script go on. But it may also be forgotten by everybody.
      setTimeout(() => this.lookLater(), NATIVE_LOOK_MS);
      return;
    }
    if (this.init.clock.next()) this.lookLater();
    else this.fail(this.#stuck(life.instance));
  }

  #stuck(instance: Instance): RuntimeError {
    const waiting = framesOf(instance).map(([frame]) =>
      frame === undefined
        ? ''
        : `${frame.file}:${frame.line} ${frame.function}() waits for ${frame.awaiting}`,
    );
    const where = waiting.length === 0 ? '' : `: ${waiting.join('; ')}`;
    return new RuntimeError(RuntimeCode.stuck, `Nothing can wake the script any more${where}.`, {
      fix: 'Somebody must settle the promise that it awaits: look for a resolve() that is never called.',
    });
  }
}

/** Between two looks whether something native is still awaited. */
const NATIVE_LOOK_MS = 20;

/** For what a dead process would have been told. */
const NEVER = new Promise<never>(() => {});

const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

/** The frame that awaits a checkpoint. */
function placeOf(instance: Instance): string {
  for (const [frame] of framesOf(instance)) {
    if (frame?.awaiting === 'a checkpoint') return `${frame.file}:${frame.line}:${frame.column + 1}`;
  }
  return instance.script;
}
