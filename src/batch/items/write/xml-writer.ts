import type { ArtifactClass, FromContext } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';
import { type FileWriter, fileWriterClass } from './file-writer.ts';

/** An element to be written: its text comes before its children. */
export interface XmlOutput {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly text?: string | undefined;
  readonly children?: readonly XmlOutput[] | undefined;
}

export interface XmlWriterOptions<Item> {
  readonly file: FromContext<string>;
  /** The element around all others, for example `{ name: 'orders' }`. */
  readonly root: XmlOutput;
  /** Default: the item itself. */
  readonly element?: ((item: Item) => XmlOutput) | undefined;
}

/** Names as they are used in data; those of XML are wider. */
const NAME = /^[\p{L}_][\p{L}\p{N}._-]*(:[\p{L}_][\p{L}\p{N}._-]*)?$/u;
/** What XML 1.0 cannot hold, even escaped: all but its `Char` (section 2.2). */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function checked(text: string): string {
  if (!FORBIDDEN.test(text)) return text;
  throw notXml(`${JSON.stringify(text)} holds a character that XML has no way to write`);
}

function nameOf(name: string): string {
  if (NAME.test(name)) return name;
  throw notXml(`${JSON.stringify(name)} is no name of an element or attribute`);
}

const notXml = (what: string): ItemsError =>
  new ItemsError(ItemsErrorCode.badOption, what, {
    fix: 'Let the processor replace it, or let the job skip the item.',
  });

function opening({ name, attributes = {} }: XmlOutput): string {
  const written = Object.entries(attributes).map(
    ([attribute, value]) =>
      ` ${nameOf(attribute)}="${checked(value).replaceAll(/[&<"\r\n\t]/g, (character) => escaped[character]!)}"`,
  );
  return `<${nameOf(name)}${written.join('')}`;
}

function elementText(element: XmlOutput): string {
  const { name, text = '', children = [] } = element;
  const inside =
    checked(text).replaceAll(/[&<>\r]/g, (character) => escaped[character]!) +
    children.map(elementText).join('');
  return inside === '' ? `${opening(element)}/>` : `${opening(element)}>${inside}</${name}>`;
}

/** Writes an XML file (UTF-8): the items as elements inside of a root. */
export function xmlWriter<Item>(options: XmlWriterOptions<Item>): ArtifactClass<FileWriter<Item>> {
  const { file, root, element } = options;
  return fileWriterClass({ file }, () => ({
    begin: `<?xml version="1.0" encoding="UTF-8"?>\n${opening(root)}>\n`,
    text: (items) =>
      items
        .map((item) => `${elementText(element === undefined ? (item as XmlOutput) : element(item))}\n`)
        .join(''),
    end: `</${root.name}>\n`,
  }));
}
