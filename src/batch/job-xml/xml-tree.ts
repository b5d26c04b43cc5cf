/** Text of an XML document -> a tree that knows where everything was written. No DTD, no external entities. */
import { SaxesParser } from 'saxes';
import type { SourcePlace } from '../definition/job-definition.ts';
import { JobXmlError, type JobXmlProblem } from './job-xml-error.ts';

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly place: SourcePlace;
}

export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** As written, with prefix. */
  readonly writtenName: string;
  readonly namespace: string;
  readonly place: SourcePlace;
  /** Without namespace declarations and those of other namespaces (`xsi:schemaLocation`). */
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly XmlElement[];
  /** The first character data between the children that is not white space. */
  readonly text: { readonly value: string; readonly place: SourcePlace } | undefined;
}

/** An element that is being read. */
interface OpenElement {
  start: number;
  attributes: { name: string; start: number }[];
  children: XmlElement[];
  text: { value: string; place: SourcePlace } | undefined;
}

/**
 * @param file For places only.
 * @throws JobXmlError WM9001 for what is not well-formed XML with namespaces, at the place where reading it ended.
 */
export function parseXml(text: string, file: string): XmlElement {
  const placeOf = placesIn(text, file);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let coming: OpenElement | undefined;
  let readTo = 0;

  parser.on('error', (error) => {
    throw notWellFormed(text, placeOf(parser.position), error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('opentagstart', (tag) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    readTo = start + 1 + tag.name.length;
    coming = { start, attributes: [], children: [], text: undefined };
  });
  parser.on('attribute', ({ name }) => {
    const start = text.indexOf(name, readTo);
    coming!.attributes.push({ name, start });
    readTo = parser.position;
  });
  parser.on('opentag', () => {
    open.push(coming!);
    coming = undefined;
  });
  const noteText = (data: string): void => {
    const element = open.at(-1);
    if (element === undefined || element.text !== undefined || data.trim() === '') return;
    // Saxes reports text when the markup after it begins, so the place is looked for from the end of what came before.
    const before = Math.max(text.lastIndexOf('>', parser.position - 2 - data.trimEnd().length) + 1, 0);
    const found = /\S/.exec(text.slice(before));
    element.text = { value: data.trim(), place: placeOf(before + (found?.index ?? 0)) };
  };
  parser.on('text', noteText);
  parser.on('cdata', noteText);
  parser.on('closetag', (tag) => {
    const { start, attributes: starts, children, text: content } = open.pop()!;
    const attributes = new Map<string, XmlAttribute>();
    for (const { name, start: at } of starts) {
      const attribute = tag.attributes[name]!;
      if (attribute.uri !== '') continue;
      attributes.set(attribute.local, { name, value: attribute.value, place: placeOf(at) });
    }
    const element: XmlElement = {
      name: tag.local,
      writtenName: tag.name,
      namespace: tag.uri,
      place: placeOf(start),
      attributes,
      children,
      text: content,
    };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });

  parser.write(text).close();
  return root!;
}

function notWellFormed(source: string, place: SourcePlace, what: string): JobXmlError {
  const problem: JobXmlProblem = {
    code: 'WM9001',
    message: `not well-formed XML: ${what.replace(/\.$/, '')}`,
    place,
    fix: 'Correct the XML here, or shortly before.',
  };
  return new JobXmlError([problem], source);
}

/** Place of a position in the text. Positions past the end are the end. */
function placesIn(text: string, file: string): (position: number) => SourcePlace {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return (position) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: Math.min(position, text.length) - starts[low]! + 1 };
  };
}
