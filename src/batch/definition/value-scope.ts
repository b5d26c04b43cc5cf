/** Values of a job definition in one scope of properties: substituted, read as what the field takes, problems noted with their place. */
import type { ArtifactMaker } from '../artifacts/artifact-context.ts';
import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import { BatchErrorCode, type JobProblem } from '../batch-error.ts';
import type {
  ArtifactReference,
  ErrorClass,
  ExceptionFilterDefinition,
  PropertyDefinition,
  SourcePlace,
} from './job-definition.ts';
import type { ExceptionFilter, Properties, ResolvedArtifact } from './resolved-job.ts';
import { nameHint } from './name-hint.ts';
import { substitute, SubstitutionError, type SubstitutionSources } from './substitution.ts';

type Place = SourcePlace | undefined;
type Value = string | number | boolean | undefined;

const UNKNOWN: ArtifactMaker = () => ({});

export class ValueScope {
  readonly #sources: SubstitutionSources;
  readonly #registry: ArtifactRegistry;
  readonly #problems: JobProblem[];

  constructor(sources: SubstitutionSources, registry: ArtifactRegistry, problems: JobProblem[]) {
    this.#sources = sources;
    this.#registry = registry;
    this.#problems = problems;
  }

  report(code: JobProblem['code'], message: string, place: Place): void {
    this.#problems.push({ code, message, place });
  }

  /** A scope inside this one, with the properties that are defined there. */
  inside(definitions: readonly PropertyDefinition[]): { scope: ValueScope; properties: Properties } {
    const properties: Record<string, string> = {};
    let jobProperties = this.#sources.jobProperties;
    for (const { name, value, place } of definitions) {
      const inner = this.#with({ jobProperties });
      const key = inner.text(name, place);
      const text = inner.text(value, place);
      if (key === undefined || text === undefined) continue;
      properties[key] = text;
      jobProperties = { ...jobProperties, [key]: text };
    }
    return { scope: this.#with({ jobProperties }), properties };
  }

  /** The same scope, where the partition's plan is known, or will be. */
  partitioned(partitionPlan: Properties | 'later'): ValueScope {
    return this.#with({ partitionPlan });
  }

  /** Undefined: not given, or not known before the partition is. */
  text(written: Value, place: Place): string | undefined {
    if (typeof written !== 'string') return written === undefined ? undefined : String(written);
    try {
      return substitute(written, this.#sources);
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
      this.report(BatchErrorCode.substitution, error.message, place);
      return undefined;
    }
  }

  /** A whole number of at least `least`. */
  whole(field: string, written: Value, least: number, otherwise: number, place: Place): number {
    const text = this.text(written, place);
    if (text === undefined || (text === '' && written !== '')) return otherwise;
    const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    const wanted = `a whole number of at least ${least}`;
    this.report(
      BatchErrorCode.invalidValue,
      `${field} must be ${wanted}, not ${shown(text, written)}`,
      place,
    );
    return otherwise;
  }

  /** The same, or `all`: Infinity. */
  wholeOrAll(field: string, written: Value, least: number, otherwise: number, place: Place): number {
    return this.text(written, place)?.trim() === 'all'
      ? Infinity
      : this.whole(field, written, least, otherwise, place);
  }

  truth(field: string, written: Value, otherwise: boolean, place: Place): boolean {
    const text = this.text(written, place);
    if (text === undefined || (text === '' && written !== '')) return otherwise;
    if (text === 'true' || text === 'false') return text === 'true';
    this.report(
      BatchErrorCode.invalidValue,
      `${field} must be "true" or "false", not ${shown(text, written)}`,
      place,
    );
    return otherwise;
  }

  word<Word extends string>(
    field: string,
    written: Value,
    words: readonly Word[],
    otherwise: Word,
    place: Place,
  ): Word {
    const text = this.text(written, place);
    if (text === undefined || (text === '' && written !== '')) return otherwise;
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    const wanted = words.map((known) => JSON.stringify(known)).join(' or ');
    this.report(
      BatchErrorCode.invalidValue,
      `${field} must be ${wanted}, not ${shown(text, written)}`,
      place,
    );
    return otherwise;
  }

  artifact(reference: ArtifactReference, what: string): ResolvedArtifact {
    const { place } = reference;
    const { properties } = this.inside(reference.properties);
    if (typeof reference.ref === 'function')
      return { name: reference.ref.name || what, make: reference.ref, properties, place };
    const name = this.text(reference.ref, place);
    const make = name === undefined ? undefined : this.#registry.find(name);
    if (make === undefined && name !== undefined)
      this.report(
        BatchErrorCode.unknownArtifact,
        `no artifact ${shown(name, reference.ref)} (${what})${nameHint(name, this.#registry.names())}`,
        place,
      );
    return { name: name ?? what, make: make ?? UNKNOWN, properties, place };
  }

  artifacts(references: readonly ArtifactReference[], what: string): ResolvedArtifact[] {
    return references.map((reference) => this.artifact(reference, what));
  }

  filter(definition: ExceptionFilterDefinition | undefined): ExceptionFilter {
    const classes = (references: ExceptionFilterDefinition['include'] = []): ErrorClass[] =>
      references.flatMap(({ class: written, place }) => {
        if (typeof written === 'function') return [written];
        const name = this.text(written, place);
        if (name === undefined) return [];
        const { exceptions } = this.#registry;
        const found = exceptions.find(name);
        if (found !== undefined) return [found];
        this.report(
          BatchErrorCode.unknownException,
          `no exception class ${shown(name, written)}${nameHint(name, exceptions.names())}`,
          place,
        );
        return [];
      });
    return { include: classes(definition?.include), exclude: classes(definition?.exclude) };
  }

  #with(changes: Partial<SubstitutionSources>): ValueScope {
    return new ValueScope({ ...this.#sources, ...changes }, this.#registry, this.#problems);
  }
}

const shown = (text: string, written: Value): string =>
  `${JSON.stringify(text)}${written === text || typeof written !== 'string' ? '' : ` (written ${JSON.stringify(written)})`}`;
