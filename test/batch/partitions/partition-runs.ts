/** Runs jobs of `partition-jobs.ts`, and reads what their partitions have noted. Owns: a folder with the notes, and the operator. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  JobDefinition,
  JobExecution,
  JobOperator,
  PartitionExecution,
  StepExecution,
} from '../../../src/batch/index.ts';

export interface Outcome {
  readonly execution: JobExecution;
  /** Of its only step. */
  readonly step: StepExecution;
  readonly partitions: readonly PartitionExecution[];
  readonly notes: Notes;
}

export class PartitionRuns {
  readonly operator: JobOperator;
  readonly #folder: string;

  private constructor(operator: JobOperator, folder: string) {
    this.operator = operator;
    this.#folder = folder;
  }

  /** @param operator Closed with this. */
  static async open(operator: JobOperator): Promise<PartitionRuns> {
    const runs = new PartitionRuns(operator, await mkdtemp(join(tmpdir(), 'wm-partitions-')));
    await writeFile(runs.log, '');
    return runs;
  }

  get log(): string {
    return join(this.#folder, 'log');
  }

  /** To its end. */
  async start(definition: JobDefinition | string, parameters: Record<string, string> = {}): Promise<Outcome> {
    return this.outcome(await this.operator.start(definition, { log: this.log, ...parameters }));
  }

  /** To its end; the notes are those of the restart. */
  async restart({ execution }: Outcome, parameters: Record<string, string> = {}): Promise<Outcome> {
    await writeFile(this.log, '');
    return this.outcome(await this.operator.restart(execution.id, { log: this.log, ...parameters }));
  }

  async outcome(id: number): Promise<Outcome> {
    const execution = await this.operator.finished(id);
    const step = (await this.operator.getStepExecutions(id))[0]!;
    const partitions = await this.operator.getPartitionExecutions(step.id);
    return { execution, step, partitions, notes: await this.notes() };
  }

  async notes(): Promise<Notes> {
    return new Notes((await readFile(this.log, 'utf8')).split('\n').slice(0, -1));
  }

  async close(): Promise<void> {
    await this.operator.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export class Notes {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** Every item as often as it was written, ascending. */
  get written(): number[] {
    return this.#numbersAfter('writes').toSorted((a, b) => a - b);
  }

  /** Items that readers began with, ascending. */
  get opened(): number[] {
    return this.#numbersAfter('opens').toSorted((a, b) => a - b);
  }

  /** 0 is the main thread. */
  get threads(): Set<number> {
    return new Set(this.lines.flatMap((line) => line.match(/^thread (\d+)/)?.[1] ?? []).map(Number));
  }

  /** What one thread has noted. */
  ofThread(id: number): Notes {
    return new Notes(this.lines.filter((line) => line.startsWith(`thread ${id} `)));
  }

  /** What collectors have sent and the analyzer has heard, in its order. */
  get analyzed(): string[] {
    return this.lines.filter((line) => /^(analyze|status) /.test(line));
  }

  #numbersAfter(verb: string): number[] {
    return this.lines
      .flatMap((line) => line.match(new RegExp(`^thread \\d+ ${verb} (.*)`))?.[1]?.split(' ') ?? [])
      .map(Number);
  }
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
