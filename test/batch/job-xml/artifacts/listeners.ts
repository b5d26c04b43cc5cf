/** A listener for every place: notes the events of its property `calls`, and fails where its property `fail` says. */
import type { ArtifactContext } from '../../../../src/batch/artifacts/artifact-context.ts';
import { CHUNK_EVENTS } from '../../../../src/batch/engine/chunk/chunk-listeners.ts';
import { FailurePlan } from './exceptions.ts';
import { noter, type Shop, shown } from './shop.ts';

const EVENTS = ['beforeJob', 'afterJob', 'beforeStep', 'afterStep', ...CHUNK_EVENTS] as const;

/** `exit`: the exit status that it sets in afterJob or afterStep; `ask`: notes statuses there; `remember`: adds to the user data in afterStep; `stopOn`: the event at which the job is asked to stop. */
export function auditListener(shop: Shop, context: ArtifactContext): object {
  const { exit = '', ask, fail, remember, stopOn } = context.properties;
  const note = noter(shop, context, 'all');
  const failures = new FailurePlan(fail);
  const listen = (event: string, given: readonly unknown[]): void | Promise<void> => {
    const { job, step } = context;
    note(event, given.length === 0 ? event : `${event}(${given.map(shown).join(' ')})`);
    if (ask !== undefined && event.startsWith('after') && given.length === 0)
      note(
        event,
        `(${(step ?? job).batchStatus} ${shown((step ?? job).exitStatus)} ${shown(step?.exception)})`,
      );
    if (exit !== '' && event === 'afterJob') job.exitStatus = exit;
    if (exit !== '' && event === 'afterStep') step!.exitStatus = exit;
    if (remember !== undefined && event === 'afterStep')
      step!.persistentUserData = Number(step!.persistentUserData ?? 0) + Number(remember);
    failures.pass(event);
    if (event === stopOn) return shop.operator.stop(job.executionId);
  };
  return Object.fromEntries(EVENTS.map((event) => [event, (...given: unknown[]) => listen(event, given)]));
}
