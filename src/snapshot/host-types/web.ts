/** Headers, FormData, TextEncoder and TextDecoder. */
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import { HostRefusal, type HostType } from '../snapshot-context.ts';

const headerEntries = methodOf<[], Iterable<[string, string]>>(Headers.prototype, 'entries');
const headerAppend = methodOf<[string, string], void>(Headers.prototype, 'append');
const headerDelete = methodOf<[string], void>(Headers.prototype, 'delete');
const formEntries = methodOf<[], Iterable<[string, unknown]>>(FormData.prototype, 'entries');
const formAppend = methodOf<[string, string], void>(FormData.prototype, 'append');
const encoderEncoding = getterOf<string>(TextEncoder.prototype, 'encoding');
const decoderEncoding = getterOf<string>(TextDecoder.prototype, 'encoding');
const decoderFatal = getterOf<boolean>(TextDecoder.prototype, 'fatal');
const decoderIgnoreBom = getterOf<boolean>(TextDecoder.prototype, 'ignoreBOM');

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function appendAll(content: readonly unknown[], append: (name: string, value: string) => void): void {
  for (let at = 0; at < content.length; at += 2) append(content[at] as string, content[at + 1] as string);
}

const headers: HostType<Headers> = {
  name: 'Headers',
  prototype: Headers.prototype,
  is: (value) => succeeds(() => headerEntries(value)),
  make: () => new Headers(),
  content(value) {
    // Those of some responses cannot be changed, which new ones cannot be told; deleting what is not there changes nothing.
    if (!succeeds(() => headerDelete(value, 'waymark-is-this-fixed'))) {
      throw new HostRefusal(
        'a Headers object that cannot be changed',
        'Hold a copy: new Headers(response.headers).',
      );
    }
    return [...headerEntries(value)].flat();
  },
  fill: (value, content) => appendAll(content, (name, text) => headerAppend(value, name, text)),
};

const formData: HostType<FormData> = {
  name: 'FormData',
  prototype: FormData.prototype,
  is: (value) => succeeds(() => formEntries(value)),
  make: () => new FormData(),
  content(value) {
    const entries = [...formEntries(value)];
    const file = entries.find(([, content]) => typeof content !== 'string');
    if (file !== undefined) {
      throw new HostRefusal(
        `a FormData with a file (${JSON.stringify(file[0])})`,
        'Hold the bytes of the file (await file.bytes()) and make the FormData after the suspension point.',
      );
    }
    return entries.flat();
  },
  fill: (value, content) => appendAll(content, (name, text) => formAppend(value, name, text)),
};

const isSymbol = (key: PropertyKey): boolean => typeof key === 'symbol';

const textEncoder: HostType<InstanceType<typeof TextEncoder>> = {
  name: 'TextEncoder',
  prototype: TextEncoder.prototype,
  is: (value) => succeeds(() => encoderEncoding(value)),
  make: () => new TextEncoder(),
  hides: ownSymbols(new TextEncoder()),
};

/** Node keeps the state of a decoder in properties that only symbols lead to. */
function ownSymbols(sample: object): (key: PropertyKey) => boolean {
  const keys = new Set(Reflect.ownKeys(sample).filter(isSymbol));
  return (key) => keys.has(key as symbol);
}

type Decoder = InstanceType<typeof TextDecoder>;

const decoderSymbols = new Map(
  Object.getOwnPropertySymbols(new TextDecoder()).map((symbol) => [symbol.description, symbol]),
);

/** Whether nothing of a stream is left in the decoder. False when it cannot be known. */
function isBetweenTexts(decoder: Decoder): boolean {
  const read = (name: string): unknown => Reflect.get(decoder, decoderSymbols.get(name) ?? name);
  if (decoderSymbols.size === 0) return false;
  if (read('single-byte') != null) return true;
  if (!decoderSymbols.has('handle') || read('handle') != null || read('BOM seen') === true) return false;
  const chunk = read('chunk') as Uint8Array | null | undefined;
  return chunk == null || chunk.length === 0;
}

const textDecoder: HostType<Decoder> = {
  name: 'TextDecoder',
  prototype: TextDecoder.prototype,
  is: (value) => succeeds(() => decoderEncoding(value)),
  parts(value) {
    if (!isBetweenTexts(value)) {
      throw new HostRefusal(
        `a TextDecoder (${decoderEncoding(value)}) that may be in the middle of a stream`,
        'Make a TextDecoder after the suspension point, or decode whole texts with one for utf-8.',
      );
    }
    return [decoderEncoding(value), decoderFatal(value), decoderIgnoreBom(value)];
  },
  make: ([encoding, fatal, ignoreBOM]) =>
    new TextDecoder(encoding as string, { fatal: fatal as boolean, ignoreBOM: ignoreBOM as boolean }),
  hides: ownSymbols(new TextDecoder()),
};

export const WEB_TYPES: readonly HostType[] = [headers, formData, textEncoder, textDecoder];
