/** Whether the elements of a job can be gone through: ids, targets of transitions, loops, decisions (Jakarta Batch 2.1, 8.2 to 8.9). */
import { BatchErrorCode, type JobProblem } from '../batch-error.ts';
import type { SourcePlace } from './job-definition.ts';
import type { ResolvedElement, ResolvedFlow, ResolvedJob } from './resolved-job.ts';

export function checkElements(job: ResolvedJob, place: SourcePlace | undefined): JobProblem[] {
  const problems: JobProblem[] = [];
  const report = (code: JobProblem['code'], message: string, at: SourcePlace | undefined): void => {
    problems.push({ code, message, place: at });
  };
  const ids = new Set<string>();
  const topLevel = new Map(job.elements.map((element) => [element.id, element]));

  function note({ kind, id, place: at }: ResolvedElement): void {
    if (id === '') return report(BatchErrorCode.invalidValue, `the id of a ${kind} is empty`, at);
    if (ids.has(id)) report(BatchErrorCode.duplicateId, `the id "${id}" is there twice`, at);
    ids.add(id);
  }

  function checkFlow(flow: ResolvedFlow): void {
    note(flow);
    checkScope(flow.elements, `the flow "${flow.id}"`, flow.place);
    checkRestarts(flow);
  }

  function checkRestarts({ transitions }: ResolvedElement): void {
    for (const { restart, place: at } of transitions)
      if (restart !== undefined && !topLevel.has(restart))
        report(
          BatchErrorCode.noSuchElement,
          `restart leads to "${restart}", which is no element of the job`,
          at,
        );
  }

  function checkScope(
    elements: readonly ResolvedElement[],
    where: string,
    at: SourcePlace | undefined,
  ): void {
    const [first] = elements;
    if (first === undefined) return report(BatchErrorCode.incomplete, `${where} has no elements`, at);
    if (first.kind === 'decision')
      report(
        BatchErrorCode.misplaced,
        `the decision "${first.id}" is the first element of ${where}: there is nothing to decide on`,
        first.place,
      );
    const byId = new Map(elements.map((element) => [element.id, element]));
    for (const element of elements) {
      for (const target of targetsOf(element))
        if (!byId.has(target.id))
          report(
            BatchErrorCode.noSuchElement,
            `"${element.id}" leads to "${target.id}", which is no element of ${where}`,
            target.place,
          );
      if (element.kind === 'flow') checkFlow(element);
      else {
        note(element);
        checkRestarts(element);
      }
      if (element.kind === 'split') element.flows.forEach(checkFlow);
    }
    const loop = findLoop(elements, byId);
    if (loop !== undefined)
      report(
        BatchErrorCode.loop,
        `the elements ${loop.map(({ id }) => `"${id}"`).join(' -> ')} form a loop`,
        loop[0]!.place,
      );
  }

  checkScope(job.elements, `the job "${job.id}"`, place);
  return problems;
}

function targetsOf(element: ResolvedElement): { id: string; place: SourcePlace | undefined }[] {
  const targets = element.transitions.flatMap(({ to, place }) =>
    to === undefined ? [] : [{ id: to, place }],
  );
  if (element.next !== undefined) targets.push({ id: element.next, place: element.place });
  return targets;
}

/** The first elements that lead back to themselves, with the first one again at the end. */
function findLoop(
  elements: readonly ResolvedElement[],
  byId: ReadonlyMap<string, ResolvedElement>,
): readonly ResolvedElement[] | undefined {
  const done = new Set<ResolvedElement>();
  const trail: ResolvedElement[] = [];
  const visit = (element: ResolvedElement): readonly ResolvedElement[] | undefined => {
    const again = trail.indexOf(element);
    if (again >= 0) return [...trail.slice(again), element];
    if (done.has(element)) return undefined;
    done.add(element);
    trail.push(element);
    for (const { id } of targetsOf(element)) {
      const target = byId.get(id);
      const loop = target === undefined ? undefined : visit(target);
      if (loop !== undefined) return loop;
    }
    trail.pop();
    return undefined;
  };
  for (const element of elements) {
    const loop = visit(element);
    if (loop !== undefined) return loop;
  }
  return undefined;
}
