/** Asks the process that holds a data folder. */
import type { StepProgress } from '../batch/operator/step-progress.ts';
import type { JobExecution } from '../batch/repository/job-repository.ts';
import type { MoveRequest, MoveResult } from '../node/code-moves.ts';
import type {
  CheckpointStore,
  InstanceFilter,
  InstanceSummary,
  StoredInstance,
} from '../store/checkpoint-store.ts';
import { WaymarkError } from '../waymark-error.ts';
import type { JobRequest } from './jobs/job-host.ts';
import { readAddress } from './admin-address.ts';
import { request } from './http-module.ts';

/** What can be read of a store from outside. */
export type StoreReader = Pick<CheckpointStore, 'load' | 'list' | 'loadCode'>;

export class AdminClient implements StoreReader {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** Undefined if nobody answers for this folder. */
  static async connect(folder: string): Promise<AdminClient | undefined> {
    const socket = await readAddress(folder);
    if (socket === undefined) return undefined;
    const client = new AdminClient(socket);
    const isThere = await client.list({ limit: 1 }).then(
      () => true,
      () => false,
    );
    return isThere ? client : undefined;
  }

  async list(filter: InstanceFilter = {}): Promise<readonly InstanceSummary[]> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(filter)) if (value !== undefined) query.set(key, String(value));
    return (await this.#ask('GET', `/v1/instances?${query.toString()}`)) as InstanceSummary[];
  }

  async load(id: string): Promise<StoredInstance | undefined> {
    const found = await this.#ask('GET', `/v1/instances/${encodeURIComponent(id)}`);
    if (found === undefined) return undefined;
    const { snapshot, outcome, ...rest } = found as Record<string, unknown>;
    return {
      requestId: undefined,
      damaged: undefined,
      ...rest,
      snapshot: bytesOf(snapshot),
      outcome: bytesOf(outcome),
    } as StoredInstance;
  }

  async loadCode(hash: string): Promise<Uint8Array | undefined> {
    const found = (await this.#ask('GET', `/v1/code/${hash}`)) as { bundle: string } | undefined;
    return found && bytesOf(found.bundle);
  }

  async move(wanted: MoveRequest): Promise<readonly MoveResult[]> {
    return (await this.#ask('POST', '/v1/moves', wanted)) as MoveResult[];
  }

  /** A failed instance goes on from its last checkpoint. False if it is not failed or cannot be restored. */
  retry(id: string): Promise<boolean> {
    return this.#done('/v1/retries', id);
  }

  /** Stops the instance if it runs, and removes every trace of it. False if it is unknown. */
  purge(id: string): Promise<boolean> {
    return this.#done('/v1/purges', id);
  }

  /** Undefined: the process serves no jobs. @throws WaymarkError as `JobOperator.start` */
  async startJob(wanted: JobRequest): Promise<JobExecution | undefined> {
    return (await this.#ask('POST', '/v1/jobs', wanted)) as JobExecution | undefined;
  }

  async jobProgress(executionId: number): Promise<readonly StepProgress[]> {
    const found = (await this.#ask('GET', `/v1/jobs/${executionId}`)) as
      | { steps: StepProgress[] }
      | undefined;
    return found?.steps ?? [];
  }

  async #done(path: string, id: string): Promise<boolean> {
    return ((await this.#ask('POST', path, { id })) as { done: boolean } | undefined)?.done === true;
  }

  /** Undefined for what is not there. @throws WaymarkError what the other process says */
  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
    const asked = request({ socketPath: this.#socket, method, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    const { status, text } = await promise;
    if (status === 404) return undefined;
    const value = JSON.parse(text) as unknown;
    if (status === 200) return value;
    const {
      code = 'WM8016',
      message = 'The running process could not answer',
      fix,
    } = value as {
      code?: string;
      message?: string;
      fix?: string;
    };
    throw new WaymarkError(code, message, fix === undefined ? {} : { fix });
  }
}

const bytesOf = (text: unknown): Uint8Array | undefined =>
  typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
