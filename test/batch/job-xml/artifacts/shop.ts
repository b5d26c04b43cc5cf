/** What the artifacts of one test share: the engine, its clock, and what they have written down. */
import type { ArtifactContext } from '../../../../src/batch/artifacts/artifact-context.ts';
import type { JobOperator } from '../../../../src/batch/operator/job-operator.ts';
import type { VirtualEnvironment } from '../../virtual-environment.ts';

export interface Shop {
  readonly environment: VirtualEnvironment;
  readonly operator: JobOperator;
  /** Of the execution that runs. */
  calls: string[];
  /** Of all executions, in the order of the writes. */
  readonly written: number[];
}

/**
 * @param usual The calls that are noted if the artifact's property `calls` (a list, `all` or `none`) says nothing.
 * @returns notes a call by its kind; the artifact's property `name` stands before it
 */
export function noter(
  shop: Shop,
  { properties }: ArtifactContext,
  usual: string,
): (kind: string, text: string) => void {
  const { name = '', calls = usual } = properties;
  const kinds = new Set(calls.split(','));
  return (kind, text) => {
    if (calls === 'all' || kinds.has(kind)) shop.calls.push(name === '' ? text : `${name}.${text}`);
  };
}

/** `1-3,5` for 1, 2, 3, 5. */
export function ranges(items: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] + 1 === item) last[1] = item;
    else parts.push([item, item]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

/** Whether a list such as `2,4`, `even`, `all` names an item. */
export function names(list: string | undefined, item: number): boolean {
  if (list === undefined) return false;
  if (list === 'all') return true;
  if (list === 'even') return item % 2 === 0;
  return list.split(',').includes(String(item));
}

export const shown = (value: unknown): string =>
  value === null || value === undefined
    ? '-'
    : value instanceof Error
      ? value.constructor.name
      : Array.isArray(value)
        ? `[${ranges(value as number[])}]`
        : typeof value === 'object'
          ? JSON.stringify(value)
          : // oxlint-disable-next-line typescript/no-base-to-string -- a primitive by now
            String(value);
