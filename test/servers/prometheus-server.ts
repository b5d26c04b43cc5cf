import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './nats-server.ts';
import { ServerProcess } from './server-process.ts';

/** A sample of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** A real Prometheus on loopback, with a configuration and data of its own. */
export class PrometheusServer {
  readonly url: string;
  readonly #directory: string;
  readonly #process: ServerProcess;

  private constructor(url: string, directory: string, process: ServerProcess) {
    this.url = url;
    this.#directory = directory;
    this.#process = process;
  }

  /** @param files configuration (`prometheus.yaml`) and what it refers to, by name */
  static async open(files: Readonly<Record<string, string>>): Promise<PrometheusServer> {
    const directory = await mkdtemp(join(tmpdir(), 'wm-prometheus-'));
    const port = await freePort();
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    await mkdir(join(directory, 'data'));
    const server = new ServerProcess('prometheus', [
      `--config.file=${join(directory, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=info',
    ]);
    await server.started((output) => output.includes('Server is ready to receive web requests'));
    return new PrometheusServer(`http://127.0.0.1:${port}`, directory, server);
  }

  /** An instant query. @throws Error with what Prometheus says is wrong with it */
  async query(expression: string): Promise<readonly Sample[]> {
    const answer = await this.get<{ resultType: string; result: readonly Sample[] }>(
      `query?query=${encodeURIComponent(expression)}`,
    );
    return answer.result;
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1/${path}`);
    const { status, error, data } = (await response.json()) as { status: string; error?: string; data: T };
    if (status !== 'success') throw new Error(`${path}: ${error}`);
    return data;
  }

  async remove(): Promise<void> {
    await this.#process.end();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
