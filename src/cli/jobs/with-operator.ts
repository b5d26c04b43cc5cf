import { JobOperator } from '../../batch/operator/job-operator.ts';
import type { Terminal } from '../terminal.ts';
import { openJobs, type ParameterFlags, type RepositoryFlags, type SourceFlags } from './job-options.ts';
import { type JobSource, loadJob } from './job-source.ts';

export interface OperatorFlags extends RepositoryFlags, SourceFlags, ParameterFlags {
  readonly lease: number;
}

/** Runs `use` with a job and an operator that knows it; a job that cannot be loaded is refused before a job repository is made for it. */
export async function withOperator(
  named: string,
  flags: OperatorFlags,
  terminal: Terminal,
  use: (operator: JobOperator, source: JobSource) => Promise<number>,
): Promise<number> {
  const source = await loadJob(named, flags, terminal.directory);
  try {
    const repository = await openJobs(flags, terminal);
    const operator = new JobOperator({
      repository,
      registry: source.registry,
      jobs: [source.definition],
      systemProperties: flags.define,
      leaseMs: flags.lease,
    });
    try {
      const code = await use(operator, source);
      terminal.end(code);
      return code;
    } finally {
      await operator.close();
      await repository.close();
    }
  } finally {
    await source.close();
  }
}
