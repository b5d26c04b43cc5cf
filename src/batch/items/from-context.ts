import type { ArtifactContext } from '../artifacts/artifact-context.ts';

/** A value, or what makes it of the job's parameters, the properties of the artifact or those of the partition. */
export type FromContext<Value> = Value | ((context: ArtifactContext) => Value);

/** An artifact's class: what job builders, registries and job XML take. */
export type ArtifactClass<Artifact extends object> = new (context: ArtifactContext) => Artifact;

export function valueOf<Value extends string | object>(
  given: FromContext<Value>,
  context: ArtifactContext,
): Value {
  return typeof given === 'function' ? (given as (context: ArtifactContext) => Value)(context) : given;
}
