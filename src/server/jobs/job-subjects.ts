/** Starts jobs for whoever sends a request to `job.<name>`: JSON with `parameters`, `identity` and `wait`. */
import type { JobExecution } from '../../batch/repository/job-repository.ts';
import { ERROR, INTERIM } from '../../transport/headers.ts';
import type { Message, Subscription, Transport } from '../../transport/transport.ts';
import { WaymarkError } from '../../waymark-error.ts';
import type { JobHost, JobRequest } from './job-host.ts';

interface Body extends Omit<JobRequest, 'job'> {
  /** Reply when the execution has ended, not when it has begun. */
  readonly wait?: boolean;
}

const encoder = new TextEncoder();
/** What a subject may be made of. */
const TOKEN = /^[\w-]+$/;

/** @returns what ends it; jobs whose names cannot be part of a subject are only started by the command line */
export async function serveJobSubjects(
  host: JobHost,
  transport: Transport,
  prefix: string | undefined,
  reportError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const subscriptions: Subscription[] = [];
  for (const job of host.jobNames.filter((name) => TOKEN.test(name))) {
    const subject = `${prefix === undefined || prefix === '' ? '' : `${prefix}.`}job.${job}`;
    subscriptions.push(
      await transport.subscribe(subject, { queue: subject }, (message) => {
        answer(host, job, message, transport).catch(reportError);
      }),
    );
  }
  return async () => {
    for (const subscription of subscriptions) await subscription.unsubscribe();
  };
}

async function answer(host: JobHost, job: string, message: Message, transport: Transport): Promise<void> {
  const { replyTo, data } = message;
  const reply = async (value: object, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
    if (replyTo !== undefined)
      await transport.publish(replyTo, encoder.encode(JSON.stringify(value)), { headers });
  };
  try {
    const { wait, ...body } = bodyOf(data);
    const begun = await host.start({ ...body, job });
    // Who waits hears at once where it runs.
    if (wait === true) await reply({ ...told(begun), owner: begun.lease?.owner }, { [INTERIM]: 'true' });
    await reply(told(wait === true ? ((await host.ended(begun.id)) ?? begun) : begun));
  } catch (error) {
    const code = error instanceof WaymarkError ? error.code : 'WM7040';
    await reply({ code, message: error instanceof Error ? error.message : String(error) }, { [ERROR]: code });
  }
}

const told = ({ id, instanceId, batchStatus, exitStatus }: JobExecution): object => ({
  execution: id,
  instance: instanceId,
  batchStatus,
  exitStatus,
});

/** Nothing at all is a start without parameters. @throws WaymarkError WM7040 */
function bodyOf(data: Uint8Array): Body {
  if (data.length === 0) return {};
  const wrong = (why: string): WaymarkError =>
    new WaymarkError('WM7040', `The request to start a job cannot be read: ${why}`, {
      fix: 'Send JSON such as {"parameters":{"day":"Monday"},"identity":["day"],"wait":true}.',
    });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(data));
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('it is no object');
  const { parameters = {}, identity, wait } = value as Record<string, unknown>;
  const isText = (found: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof found);
  const isObject = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  if (!isObject || !Object.values(parameters).every(isText))
    throw wrong('"parameters" is no object of texts');
  const isNames = Array.isArray(identity) && identity.every((name) => typeof name === 'string');
  if (identity !== undefined && typeof identity !== 'boolean' && !isNames)
    throw wrong('"identity" is neither true nor a list of names');
  return {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, found]) => [name, String(found)])),
    ...(identity === undefined ? {} : { identity: identity as boolean | readonly string[] }),
    wait: wait === true,
  };
}
