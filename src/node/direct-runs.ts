/** Instances that are started by a call in this process instead of a request. */
import type { Bundle } from '../bundle.ts';
import type { Admission } from './admission.ts';
import type { CodeLibrary } from './code-library.ts';
import type { NodeEnvironment } from './environment.ts';
import { newInstanceId, requestInstanceId } from './instance-id.ts';
import type { InstanceHost } from './instance-host.ts';
import type { InstanceTable } from './instance-table.ts';
import type { Ending } from './live-instance.ts';
import { NodeError, NodeErrorCode } from './node-error.ts';
import { scriptName } from './script-folder.ts';

export interface DirectRunsInit {
  readonly code: CodeLibrary;
  readonly table: InstanceTable;
  readonly host: InstanceHost;
  readonly admission: Admission;
  readonly environment: NodeEnvironment;
  readonly compile: (file: string) => Promise<Bundle>;
  readonly isStopping: () => boolean;
}

export class DirectRuns {
  readonly #init: DirectRunsInit;

  constructor(init: DirectRunsInit) {
    this.#init = init;
  }

  /** Compiles the script and starts one instance of it. @throws what compiling throws; NodeError WM7002, WM7003, WM7009 */
  async run(
    file: string,
    input: unknown,
    requestId: string | undefined,
  ): Promise<{ id: string; ending: Promise<Ending> }> {
    const { compile, code: library, table, host, admission, environment, isStopping } = this.#init;
    const script = scriptName(file);
    const code = await library.take(await compile(file));
    try {
      if (isStopping())
        throw new NodeError(NodeErrorCode.stopping, `"${script}" is not started: the node stops`);
      if (!admission.tryEnter()) {
        throw new NodeError(
          NodeErrorCode.tooManyInFlight,
          `"${script}" is not started: too many instances are in flight`,
        );
      }
      const id =
        requestId === undefined
          ? newInstanceId(environment.now(), environment.randomBytes)
          : requestInstanceId(script, requestId);
      return table.startWithEnding(
        { id, script, code, requestId, replyTo: undefined, input, mayRepeat: false },
        host,
      );
    } finally {
      library.release(code);
    }
  }
}
