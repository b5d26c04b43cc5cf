/**
 * Elements of an XML file on the saxes package, one item per element of a name. Streaming: one element at a time is in memory.
 *
 * An element in the middle of a document cannot be read without what stands before it (namespaces, entities, encoding), so a restart parses the file
 * again and passes over the elements that were taken.
 */
import { SaxesParser } from 'saxes';
import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { sourceChanged, UnreadableSourceError } from '../items-error.ts';
import type { BlockOptions } from './file-blocks.ts';
import { FileReader } from './file-reader.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text directly inside of it, in order. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export interface XmlElementReaderOptions<Item> extends BlockOptions {
  readonly file: FromContext<string>;
  /** Name of the elements, as written (with a prefix if they have one). */
  readonly element: string;
  /** Makes the item of an element; what it throws is a malformed item. Default: the element. */
  readonly item?: ((element: XmlElement) => Item) | undefined;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly children: XmlElement[];
  readonly line: number;
}

export class XmlElementReader<Item = XmlElement> extends FileReader<Item, number> {
  readonly #element: string;
  readonly #item: ((element: XmlElement) => Item) | undefined;
  #decoder = new TextDecoder();
  #parser = new SaxesParser();
  /** Elements that are open inside of (and with) the one that becomes an item. */
  #open: OpenElement[] = [];
  #toPass = 0;
  #found = 0;
  #failure: Error | undefined;
  /** Of the block that is being read. */
  #closed: { readonly element: XmlElement; readonly line: number; readonly position: number }[] = [];

  constructor(file: string, options: Omit<XmlElementReaderOptions<Item>, 'file'>) {
    super(file, options);
    this.#element = options.element;
    this.#item = options.item;
  }

  protected override async openAt(position: number | undefined): Promise<number> {
    this.#open = [];
    this.#closed = [];
    this.#found = 0;
    this.#failure = undefined;
    this.#toPass = position ?? 0;
    this.#decoder = new TextDecoder();
    this.#parser = this.#newParser();
    await this.beginAt(0);
    return this.#toPass;
  }

  protected override async readMore(): Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure;
    const block = await this.nextBlock();
    const text = this.#decoder.decode(block, { stream: block !== undefined });
    if (text !== '') this.#parser.write(text);
    if (block === undefined) this.#parser.close();
    const before = this.#found;
    for (const { element, line } of this.#closed.splice(0)) this.#finish(element, line);
    if (block === undefined && this.#failure === undefined && this.#found < this.#toPass)
      this.#failure = sourceChanged(
        this.file,
        `it has ${this.#found} elements ${this.#element}, and the checkpoint is after ${this.#toPass}`,
      );
    // What stands before a failure is read first.
    if (this.#failure !== undefined && this.#found === before) throw this.#failure;
    return block !== undefined || this.#failure !== undefined;
  }

  /** Elements are counted, not bytes. */
  protected override byteOf(): undefined {}

  #newParser(): SaxesParser {
    const parser = new SaxesParser({ fileName: this.file, position: true });
    parser.on('error', (error) => {
      // An element whose end tag is that of another one is closed first, and said to be wrong then.
      if (this.#failure === undefined)
        this.#closed = this.#closed.filter(({ position }) => position !== parser.position);
      this.#failure ??= new UnreadableSourceError(
        error.message,
        'Correct the document: what follows something that is not well-formed cannot be understood.',
        error,
      );
    });
    parser.on('opentag', ({ name, attributes }) => {
      if (this.#failure !== undefined || (this.#open.length === 0 && name !== this.#element)) return;
      const line = parser.line;
      this.#open.push({
        name,
        attributes: { ...(attributes as Record<string, string>) },
        text: '',
        children: [],
        line,
      });
    });
    const text = (part: string): void => {
      const inner = this.#open.at(-1);
      if (inner !== undefined) inner.text += part;
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('closetag', () => {
      const closed = this.#failure === undefined ? this.#open.pop() : undefined;
      if (closed === undefined) return;
      const parent = this.#open.at(-1);
      const { line, ...element } = closed;
      if (parent === undefined) this.#closed.push({ element, line, position: parser.position });
      else parent.children.push(element);
    });
    return parser;
  }

  #finish(element: XmlElement, line: number): void {
    this.#found++;
    if (this.#found <= this.#toPass) return;
    try {
      this.push(this.#item === undefined ? (element as Item) : this.#item(element), this.#found);
    } catch (error) {
      this.pushMalformedLine(line, error);
    }
  }
}

/** Reads the elements of one name of an XML file (UTF-8). */
export function xmlElementReader<Item = XmlElement>(
  options: XmlElementReaderOptions<Item>,
): ArtifactClass<XmlElementReader<Item>> {
  return class extends XmlElementReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
