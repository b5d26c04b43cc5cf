/** Whether the elements of a job can be gone through: ids, targets of transitions, loops, decisions (Jakarta Batch 2.1, 8.2 to 8.9). */
import { BatchErrorCode, type JobProblem } from '../batch-error.ts';
import type { SourcePlace } from './job-definition.ts';
import type { ResolvedElement, ResolvedFlow, ResolvedJob } from './resolved-job.ts';

export function checkElements(job: ResolvedJob, place: SourcePlace | undefined): JobProblem[] {
  const problems: JobProblem[] = [];
  const report = (code: JobProblem['code'], message: string, at: SourcePlace | undefined): void => {
    problems.push({ code, message, place: at });
  };
  const ids = new Map<string, SourcePlace | undefined>();
  const topLevel = new Map(job.elements.map((element) => [element.id, element]));

  function note({ kind, id, place: at }: ResolvedElement): void {
    if (id === '') return report(BatchErrorCode.invalidValue, `the id of a ${kind} is empty`, at);
    const first = ids.get(id);
    const where = first === undefined ? '' : `, first in line ${first.line}`;
    if (ids.has(id)) report(BatchErrorCode.duplicateId, `the id "${id}" is there twice${where}`, at);
    else ids.set(id, at);
  }

  function checkFlow(flow: ResolvedFlow): void {
    note(flow);
    checkScope(flow.elements, `the flow "${flow.id}"`, flow.place);
    checkRestarts(flow);
  }

  /** The split leads on, when all its flows have ended. */
  function checkFlowOfSplit(flow: ResolvedFlow): void {
    checkFlow(flow);
    for (const { id, place: at } of targetsOf(flow))
      report(
        BatchErrorCode.noSuchElement,
        `the flow "${flow.id}" leads to "${id}", but a flow of a split leads nowhere: the split does`,
        at,
      );
  }

  function checkRestarts({ transitions }: ResolvedElement): void {
    for (const { restart, place: at } of transitions)
      if (restart !== undefined && !topLevel.has(restart))
        report(
          BatchErrorCode.noSuchElement,
          `restart leads to "${restart}", which is no element of the job "${job.id}" (${listOf(job.elements)})`,
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
            `"${element.id}" leads to "${target.id}", which is no element of ${where} (${listOf(elements)})`,
            target.place,
          );
      if (element.kind === 'flow') checkFlow(element);
      else {
        note(element);
        checkRestarts(element);
      }
      if (element.kind === 'split') element.flows.forEach(checkFlowOfSplit);
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

const listOf = (elements: readonly ResolvedElement[]): string =>
  `it has ${elements.map(({ id }) => JSON.stringify(id)).join(', ')}`;

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
