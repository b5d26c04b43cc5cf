/** What the names in a job definition stand for. */
import type { ErrorClass } from '../definition/job-definition.ts';
import type { ArtifactContext, ArtifactMaker } from './artifact-context.ts';
import { ExceptionClasses } from './exception-classes.ts';

/**
 * Artifacts and exception classes by name: a plain name (`csvReader`) or a Java class name (`com.acme.CsvReader`). A registry may stand on
 * another one: one with what all jobs share, and one for a job.
 */
export class ArtifactRegistry {
  readonly exceptions: ExceptionClasses;
  readonly #makers = new Map<string, ArtifactMaker>();
  readonly #aliases: (readonly [name: string, of: string])[] = [];
  readonly #outer: ArtifactRegistry | undefined;
  #module: string | undefined;

  constructor(outer?: ArtifactRegistry) {
    this.#outer = outer;
    this.exceptions = new ExceptionClasses(outer?.exceptions);
  }

  /**
   * @param artifact A class, or a function that makes one for each use; an object is used by all.
   */
  add(name: string, artifact: ArtifactMaker | object): this {
    this.#makers.set(name, typeof artifact === 'function' ? (artifact as ArtifactMaker) : () => artifact);
    return this;
  }

  /**
   * Says which module exports this registry, so that worker threads find it.
   * @param url `import.meta.url` there.
   */
  fromModule(url: string): this {
    this.#module = url;
    return this;
  }

  /** URL of the module that exports it, or the one that it stands on. */
  get module(): string | undefined {
    return this.#module ?? this.#outer?.module;
  }

  /** Second names: its own and those of what it stands on. */
  get aliases(): readonly (readonly [name: string, of: string])[] {
    return [...this.#aliases, ...(this.#outer?.aliases ?? [])];
  }

  /** Makes a second name, as `META-INF/batch.xml` does. */
  alias(name: string, of: string): this {
    this.#aliases.push([name, of]);
    this.#makers.set(name, (context) => {
      const make = this.find(of);
      if (make === undefined) throw new Error(`${name} stands for ${of}, which is not registered`);
      return makeArtifact(make, context);
    });
    return this;
  }

  /** @param parent In place of the class that `errorClass` extends: `<include class="parent">` means it too. */
  addException(name: string, errorClass: ErrorClass, parent?: ErrorClass): this {
    this.exceptions.add(name, errorClass, parent);
    return this;
  }

  /** All names, also those of the registry that this one stands on. */
  names(): readonly string[] {
    return [...this.#makers.keys(), ...(this.#outer?.names() ?? [])];
  }

  find(name: string): ArtifactMaker | undefined {
    return this.#makers.get(name) ?? this.#outer?.find(name);
  }
}

/** A class is made with `new`, any other function is called. */
export function makeArtifact(make: ArtifactMaker, context: ArtifactContext): object {
  const isClass = /^class\b/.test(Function.prototype.toString.call(make));
  return isClass
    ? new (make as new (context: ArtifactContext) => object)(context)
    : (make as (context: ArtifactContext) => object)(context);
}
