/** `#{jobParameters['day']}?:today;` in the values of a job definition (Jakarta Batch 2.1, section 8.8). */

export interface SubstitutionSources {
  readonly jobParameters: Readonly<Record<string, string>>;
  /** Those of the elements around, inner before outer, as far as they have been defined. */
  readonly jobProperties: Readonly<Record<string, string>>;
  readonly systemProperties: Readonly<Record<string, string>>;
  /** Of one partition; `later`: of a partitioned step, and not known yet; undefined: of a step without partitions. */
  readonly partitionPlan: Readonly<Record<string, string>> | 'later' | undefined;
}

/** Not well-formed. */
export class SubstitutionError extends Error {}

const EXPRESSION = /#\{\s*(\w+)\s*\[\s*'([^']*)'\s*\]\s*\}/y;

/**
 * The text with every expression replaced by its value: what is not defined is nothing (or its default), also within defaults.
 * @returns undefined if it depends on a partition plan that is not known yet
 * @throws SubstitutionError
 */
export function substitute(text: string, sources: SubstitutionSources): string | undefined {
  if (!text.includes('#{')) return text;
  let result = '';
  let depends = false;
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('#{', at);
    if (start < 0) return depends ? undefined : result + text.slice(at);
    result += text.slice(at, start);
    EXPRESSION.lastIndex = start;
    const match = EXPRESSION.exec(text);
    if (match === null) throw malformed(text, start);
    at = EXPRESSION.lastIndex;
    let value = valueOf(match[1]!, match[2]!, sources, text);
    if (text.startsWith('?:', at)) {
      const end = text.indexOf(';', at);
      if (end < 0)
        throw new SubstitutionError(`the default after "${match[0]}?:" does not end with a semicolon`);
      if (value === '') value = substitute(text.slice(at + 2, end), sources);
      at = end + 1;
    }
    if (value === undefined) depends = true;
    else result += value;
  }
  return depends ? undefined : result;
}

function malformed(text: string, start: number): SubstitutionError {
  const end = text.indexOf('}', start);
  const shown = text.slice(start, end < 0 ? start + 40 : end + 1);
  return new SubstitutionError(`"${shown}" is not of the form #{source['name']}`);
}

function valueOf(
  source: string,
  name: string,
  sources: SubstitutionSources,
  text: string,
): string | undefined {
  if (source === 'partitionPlan') {
    if (sources.partitionPlan === 'later') return undefined;
    return own(sources.partitionPlan ?? {}, name);
  }
  if (source === 'jobParameters' || source === 'jobProperties' || source === 'systemProperties')
    return own(sources[source], name);
  throw new SubstitutionError(
    `"${source}" in "${text}" is none of jobParameters, jobProperties, systemProperties, partitionPlan`,
  );
}

const own = (values: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(values, name) ? values[name]! : '';
