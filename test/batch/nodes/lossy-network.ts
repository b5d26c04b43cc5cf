/** Two sides of a session, in virtual time, with a network between them that a test makes as bad as it wants. */
import { SessionLink } from '../../../src/batch/nodes/session-link.ts';
import type { CloseReason, Frame } from '../../../src/batch/nodes/session-frames.ts';
import { VirtualEnvironment } from '../virtual-environment.ts';

export const LEASE_MS = 1000;

/** What becomes of a frame: when it arrives, in ms; several times, or never. */
export type Fate = (frame: Frame, from: 'job' | 'worker') => readonly number[];

export interface Side {
  readonly link: SessionLink;
  readonly delivered: { readonly message: unknown; readonly at: number }[];
  closed: { readonly why: CloseReason; readonly at: number } | undefined;
}

export class LossySession {
  readonly environment = new VirtualEnvironment();
  readonly job: Side;
  readonly worker: Side;
  frames = 0;

  constructor(fate: Fate) {
    const side = (name: 'job' | 'worker', other: () => Side): Side => {
      const made: { -readonly [key in keyof Side]: Side[key] } = {
        link: undefined as unknown as SessionLink,
        delivered: [],
        closed: undefined,
      };
      made.link = new SessionLink({
        side: name,
        leaseMs: LEASE_MS,
        environment: this.environment,
        send: (frame) => {
          this.frames++;
          for (const ms of fate(frame, name))
            this.environment.after(ms, () => other().link.receive(structuredClone(frame)));
        },
        deliver: (message) => made.delivered.push({ message, at: this.environment.monotonic() }),
        closed: (why) => (made.closed = { why, at: this.environment.monotonic() }),
      });
      return made;
    };
    this.job = side('job', () => this.worker);
    this.worker = side('worker', () => this.job);
  }

  pass(ms: number): void {
    this.environment.pass(ms);
  }
}

export const messagesOf = ({ delivered }: Side): unknown[] => delivered.map(({ message }) => message);
