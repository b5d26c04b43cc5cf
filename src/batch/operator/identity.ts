import type { Properties } from '../definition/resolved-job.ts';

/** A text that is the same for the same values of the identifying parameters; undefined: there is no identity. */
export function identityOf(
  parameters: Properties,
  identifying: boolean | readonly string[],
): string | undefined {
  if (identifying === false) return undefined;
  const names = identifying === true ? Object.keys(parameters) : identifying;
  const chosen = [...new Set(names)].toSorted().map((name) => [name, parameters[name] ?? null]);
  return JSON.stringify(chosen);
}
