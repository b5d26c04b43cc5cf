/** Starts a job on one of the nodes that serve it, over NATS or through the processes of this machine, and waits for its end. */
import type { BatchStatus } from '../../batch/repository/job-repository.ts';
import { encodePayload } from '../../payload.ts';
import { awaitReply } from '../../transport/await-reply.ts';
import { ERROR } from '../../transport/headers.ts';
import type { Message } from '../../transport/transport.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { openToAsk, type TransportFlags } from '../transport-options.ts';
import { exitCodeOfStatus, paintState } from './execution-state.ts';
import type { ServedStart } from './start-served.ts';

export interface RemoteFlags extends TransportFlags {
  readonly prefix?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a node says: when the execution has begun, and when it has ended. */
interface Told {
  readonly execution: number;
  readonly instance: number;
  readonly batchStatus: BatchStatus;
  readonly exitStatus: string | null;
  readonly owner?: string;
}

/** As long as timers can wait: 24 days. */
const MOST_MS = 2 ** 31 - 1;

/**
 * Ctrl-C leaves the job running.
 * @returns the exit code
 * @throws TransportError WM6001 (exit code 6) if no node serves the job; CliError WM8005 with what the start is refused with
 */
export async function startRemote(
  { job, parameters, identity }: ServedStart,
  { prefix, json, quiet, ...flags }: RemoteFlags,
  terminal: Terminal,
): Promise<number> {
  const { transport, connected } = await openToAsk(flags, terminal);
  const { interrupted } = terminal;
  let begun: Told | undefined;
  try {
    await connected;
    const subject = `${prefix === undefined || prefix === '' ? '' : `${prefix}.`}job.${job}`;
    const reply = await awaitReply(transport, subject, encodePayload({ parameters, identity, wait: true }), {
      timeout: MOST_MS,
      signal: interrupted,
      onInterim(interim) {
        begun = told(interim);
        if (quiet !== true)
          terminal.talk(`${job}: execution ${begun.execution} has begun, of ${begun.owner ?? 'a node'}`);
      },
    });
    if (reply.headers[ERROR] !== undefined) throw refused(job, reply);
    const ended = told(reply);
    if (json === true) terminal.out(JSON.stringify(ended, null, 2));
    else if (quiet !== true) {
      const { batchStatus, exitStatus } = ended;
      const own = exitStatus === null || exitStatus === batchStatus ? '' : ` (${exitStatus})`;
      terminal.out(`${job}: ${paintState(batchStatus, terminal.outColors)}${own}`);
    }
    return exitCodeOfStatus(ended.batchStatus);
  } catch (error) {
    if (!interrupted.aborted) throw error;
    if (begun !== undefined)
      terminal.talk(`It runs on; on its node waymark job stop ${begun.execution} stops it.`);
    return EXIT.interrupted;
  } finally {
    await transport.close();
  }
}

const told = ({ data }: Message): Told => JSON.parse(new TextDecoder().decode(data)) as Told;

function refused(job: string, { data }: Message): CliError {
  const { code, message } = JSON.parse(new TextDecoder().decode(data)) as { code: string; message: string };
  return new CliError('WM8005', `The job ${JSON.stringify(job)} was not started: ${message} (${code})`, {
    exitCode: EXIT.failure,
    fix: 'Correct what the message says; waymark explain has more about its code.',
  });
}
