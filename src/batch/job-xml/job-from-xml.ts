/** A tree that the schema allows -> JobDefinition. One function per type of the schema. */
import type {
  ArtifactReference,
  ChunkDefinition,
  DecisionDefinition,
  ExceptionClassReference,
  ExceptionFilterDefinition,
  ExecutionElementDefinition,
  FlowDefinition,
  JobDefinition,
  PartitionDefinition,
  PartitionPlanDefinition,
  PropertyDefinition,
  SplitDefinition,
  StepDefinition,
  TransitionDefinition,
} from '../definition/job-definition.ts';
import type { XmlElement } from './xml-tree.ts';

const ELEMENTS = new Set(['step', 'flow', 'split', 'decision']);
const TRANSITIONS = new Set(['next', 'end', 'fail', 'stop']);

export function jobFromXml(element: XmlElement): JobDefinition {
  return {
    id: needed(element, 'id'),
    restartable: text(element, 'restartable'),
    properties: properties(child(element, 'properties')),
    listeners: listeners(child(element, 'listeners')),
    elements: executionElements(element),
    place: element.place,
  };
}

function executionElements(parent: XmlElement): ExecutionElementDefinition[] {
  return parent.children.filter(({ name }) => ELEMENTS.has(name)).map(executionElement);
}

function executionElement(element: XmlElement): ExecutionElementDefinition {
  switch (element.name) {
    case 'flow':
      return flow(element);
    case 'split':
      return split(element);
    case 'decision':
      return decision(element);
    default:
      return step(element);
  }
}

function step(element: XmlElement): StepDefinition {
  const chunkElement = child(element, 'chunk');
  const partitionElement = child(element, 'partition');
  return {
    kind: 'step',
    id: needed(element, 'id'),
    next: text(element, 'next'),
    startLimit: text(element, 'start-limit'),
    allowStartIfComplete: text(element, 'allow-start-if-complete'),
    properties: properties(child(element, 'properties')),
    listeners: listeners(child(element, 'listeners')),
    work:
      chunkElement === undefined
        ? { kind: 'batchlet', ...artifact(child(element, 'batchlet')!) }
        : chunk(chunkElement),
    partition: partitionElement === undefined ? undefined : partition(partitionElement),
    transitions: transitions(element),
    place: element.place,
  };
}

function flow(element: XmlElement): FlowDefinition {
  return {
    kind: 'flow',
    id: needed(element, 'id'),
    next: text(element, 'next'),
    elements: executionElements(element),
    transitions: transitions(element),
    place: element.place,
  };
}

function split(element: XmlElement): SplitDefinition {
  return {
    kind: 'split',
    id: needed(element, 'id'),
    next: text(element, 'next'),
    flows: element.children.map(flow),
    place: element.place,
  };
}

function decision(element: XmlElement): DecisionDefinition {
  return {
    kind: 'decision',
    id: needed(element, 'id'),
    decider: artifact(element),
    transitions: transitions(element),
    place: element.place,
  };
}

function chunk(element: XmlElement): ChunkDefinition {
  return {
    kind: 'chunk',
    checkpointPolicy: text(element, 'checkpoint-policy'),
    itemCount: text(element, 'item-count'),
    timeLimit: text(element, 'time-limit'),
    skipLimit: text(element, 'skip-limit'),
    retryLimit: text(element, 'retry-limit'),
    reader: artifact(child(element, 'reader')!),
    processor: optionalArtifact(element, 'processor'),
    writer: artifact(child(element, 'writer')!),
    checkpointAlgorithm: optionalArtifact(element, 'checkpoint-algorithm'),
    skippable: exceptionFilter(element, 'skippable-exception-classes'),
    retryable: exceptionFilter(element, 'retryable-exception-classes'),
    noRollback: exceptionFilter(element, 'no-rollback-exception-classes'),
    place: element.place,
  };
}

function partition(element: XmlElement): PartitionDefinition {
  const planElement = child(element, 'plan');
  return {
    plan: planElement === undefined ? undefined : plan(planElement),
    mapper: optionalArtifact(element, 'mapper'),
    collector: optionalArtifact(element, 'collector'),
    analyzer: optionalArtifact(element, 'analyzer'),
    reducer: optionalArtifact(element, 'reducer'),
    place: element.place,
  };
}

function plan(element: XmlElement): PartitionPlanDefinition {
  return {
    partitions: text(element, 'partitions'),
    threads: text(element, 'threads'),
    properties: element.children.map((list) => ({
      partition: text(list, 'partition') ?? '0',
      properties: properties(list),
      place: list.place,
    })),
    place: element.place,
  };
}

function exceptionFilter(parent: XmlElement, name: string): ExceptionFilterDefinition | undefined {
  const element = child(parent, name);
  if (element === undefined) return undefined;
  const classes = (kind: string): ExceptionClassReference[] =>
    element.children
      .filter((entry) => entry.name === kind)
      .map((entry) => ({ class: needed(entry, 'class'), place: entry.place }));
  return { include: classes('include'), exclude: classes('exclude'), place: element.place };
}

function transitions(parent: XmlElement): TransitionDefinition[] {
  return parent.children.filter(({ name }) => TRANSITIONS.has(name)).map(transition);
}

function transition(element: XmlElement): TransitionDefinition {
  const at = { on: needed(element, 'on'), place: element.place };
  switch (element.name) {
    case 'next':
      return { kind: 'next', to: needed(element, 'to'), ...at };
    case 'stop':
      return {
        kind: 'stop',
        exitStatus: text(element, 'exit-status'),
        restart: text(element, 'restart'),
        ...at,
      };
    default:
      return {
        kind: element.name === 'fail' ? 'fail' : 'end',
        exitStatus: text(element, 'exit-status'),
        ...at,
      };
  }
}

function listeners(element: XmlElement | undefined): ArtifactReference[] {
  return (element?.children ?? []).map(artifact);
}

function optionalArtifact(parent: XmlElement, name: string): ArtifactReference | undefined {
  const element = child(parent, name);
  return element === undefined ? undefined : artifact(element);
}

function artifact(element: XmlElement): ArtifactReference {
  return {
    ref: needed(element, 'ref'),
    properties: properties(child(element, 'properties')),
    place: element.place,
  };
}

function properties(element: XmlElement | undefined): PropertyDefinition[] {
  return (element?.children ?? []).map((property) => ({
    name: needed(property, 'name'),
    value: needed(property, 'value'),
    place: property.place,
  }));
}

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((element) => element.name === name);
}

function text(element: XmlElement, attribute: string): string | undefined {
  return element.attributes.get(attribute)?.value;
}

/** An attribute that the schema has already asked for. */
function needed(element: XmlElement, attribute: string): string {
  return element.attributes.get(attribute)!.value;
}
