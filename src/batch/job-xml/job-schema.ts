/**
 * What may stand where in job XML: the schema of Jakarta Batch 2.1 (jobXML_2_0.xsd; Java EE's jobXML_1_0.xsd has the same elements) as a table. Values
 * are not checked here: the schema types nearly all of them as text, since `#{...}` may stand in them.
 */

/** How often a child, or one of several, may stand at this point of the sequence. */
export interface Particle {
  readonly names: readonly string[];
  readonly min: 0 | 1;
  readonly max: 1 | 'many';
}

export interface ElementRule {
  /** By name: must it be there? */
  readonly attributes: Readonly<Record<string, 'required' | 'optional'>>;
  /** In this order. */
  readonly content: readonly Particle[];
}

export const JOB_NAMESPACES: readonly string[] = [
  'https://jakarta.ee/xml/ns/jakartaee',
  'http://xmlns.jcp.org/xml/ns/javaee',
];

export const JOB_VERSIONS: readonly string[] = ['1.0', '2.0', '2.1'];

const optional = (...names: string[]): Particle => ({ names, min: 0, max: 1 });
const required = (...names: string[]): Particle => ({ names, min: 1, max: 1 });
const any = (...names: string[]): Particle => ({ names, min: 0, max: 'many' });

const elements = any('decision', 'flow', 'split', 'step');
const transitions = any('end', 'fail', 'next', 'stop');
const artifact: ElementRule = { attributes: { ref: 'required' }, content: [optional('properties')] };
const exceptionClasses: ElementRule = { attributes: {}, content: [any('include'), any('exclude')] };
const exceptionClass: ElementRule = { attributes: { class: 'required' }, content: [] };

export const JOB_SCHEMA: Readonly<Record<string, ElementRule>> = {
  job: {
    attributes: { id: 'required', version: 'optional', restartable: 'optional' },
    content: [optional('properties'), optional('listeners'), elements],
  },
  properties: { attributes: { partition: 'optional' }, content: [any('property')] },
  property: { attributes: { name: 'required', value: 'required' }, content: [] },
  listeners: { attributes: {}, content: [any('listener')] },
  listener: artifact,
  step: {
    attributes: {
      id: 'required',
      next: 'optional',
      'start-limit': 'optional',
      'allow-start-if-complete': 'optional',
    },
    content: [
      optional('properties'),
      optional('listeners'),
      required('batchlet', 'chunk'),
      optional('partition'),
      transitions,
    ],
  },
  flow: { attributes: { id: 'required', next: 'optional' }, content: [elements, transitions] },
  split: { attributes: { id: 'required', next: 'optional' }, content: [any('flow')] },
  decision: {
    attributes: { id: 'required', ref: 'required' },
    content: [optional('properties'), transitions],
  },
  batchlet: artifact,
  chunk: {
    attributes: {
      'checkpoint-policy': 'optional',
      'item-count': 'optional',
      'time-limit': 'optional',
      'skip-limit': 'optional',
      'retry-limit': 'optional',
    },
    content: [
      required('reader'),
      optional('processor'),
      required('writer'),
      optional('checkpoint-algorithm'),
      optional('skippable-exception-classes'),
      optional('retryable-exception-classes'),
      optional('no-rollback-exception-classes'),
    ],
  },
  reader: artifact,
  processor: artifact,
  writer: artifact,
  'checkpoint-algorithm': artifact,
  'skippable-exception-classes': exceptionClasses,
  'retryable-exception-classes': exceptionClasses,
  'no-rollback-exception-classes': exceptionClasses,
  include: exceptionClass,
  exclude: exceptionClass,
  partition: {
    attributes: {},
    content: [required('mapper', 'plan'), optional('collector'), optional('analyzer'), optional('reducer')],
  },
  mapper: artifact,
  plan: { attributes: { partitions: 'optional', threads: 'optional' }, content: [any('properties')] },
  collector: artifact,
  analyzer: artifact,
  reducer: artifact,
  next: { attributes: { on: 'required', to: 'required' }, content: [] },
  end: { attributes: { on: 'required', 'exit-status': 'optional' }, content: [] },
  fail: { attributes: { on: 'required', 'exit-status': 'optional' }, content: [] },
  stop: { attributes: { on: 'required', 'exit-status': 'optional', restart: 'optional' }, content: [] },
};

/** `batch.xml`: names of artifacts and the classes that they stand for (section 10.7.1). */
export const ARCHIVE_SCHEMA: Readonly<Record<string, ElementRule>> = {
  'batch-artifacts': { attributes: {}, content: [any('ref')] },
  ref: { attributes: { id: 'required', class: 'required' }, content: [] },
};
