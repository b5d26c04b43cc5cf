/** `waymark` as a process of its own, for tests that kill it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/waymark.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class WaymarkProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();

  constructor(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: {
        ...process.env,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
        WAYMARK_DATA: undefined,
        WAYMARK_SOCKET: undefined,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      for (const look of this.#watchers) look();
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      for (const look of this.#watchers) look();
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Resolves when stderr contains the text; rejects when the process ends without having said it. */
  async said(text: string): Promise<void> {
    const found = new Promise<'found'>((resolve) => {
      const look = (): void => {
        if (!this.stderr.includes(text)) return;
        this.#watchers.delete(look);
        resolve('found');
      };
      this.#watchers.add(look);
      look();
    });
    const first = await Promise.race([found, this.ended]);
    if (first !== 'found' && !this.stderr.includes(text)) {
      throw new Error(`waymark ended (${JSON.stringify(first)}) without saying "${text}":\n${this.stderr}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
