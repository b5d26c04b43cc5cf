/** What to do instead of holding an instance of a class of the platform, by the name of the class. */
export const HOST_FIXES: ReadonlyMap<string, string> = new Map([
  ...fix('Hold its bytes: `await blob.bytes()`, and its name and type.', 'Blob File'),
  ...fix(
    'Hold what is needed of it: status, headers, and `await response.bytes()` or `.json()`.',
    'Response',
  ),
  ...fix('Hold the URL and the options, and make the Request when it is sent.', 'Request'),
  ...fix(
    'Read it to its end before the suspension point, or hold what has been read and where to go on.',
    'ReadableStream WritableStream TransformStream TextEncoderStream TextDecoderStream CompressionStream DecompressionStream',
    'Readable Writable Duplex Transform PassThrough ReadStream WriteStream FileHandle Interface StringDecoder',
  ),
  ...fix(
    'Hold what it says (its type, its detail), not the event.',
    'Event CustomEvent MessageEvent CloseEvent ErrorEvent',
  ),
  ...fix(
    'Open it outside of the script, or make it again after the suspension point: nothing of it outlives the process.',
    'MessageChannel MessagePort BroadcastChannel Worker WebSocket EventSource Socket TLSSocket Server ChildProcess',
  ),
  ...fix(
    'Hold the data that goes in, and make it when all of it is there.',
    'Hash Hmac Sign Verify Cipheriv Decipheriv Cipher Decipher',
  ),
  ...fix(
    'Import the key again after the suspension point; a key does not belong into a checkpoint.',
    'CryptoKey SecretKeyObject PublicKeyObject PrivateKeyObject KeyObject',
  ),
  ...fix(
    'Hold the fields that are needed in an object of your own.',
    'Stats Dirent PerformanceMark PerformanceMeasure',
  ),
  ...fix('Hold the pattern, and make the object again.', 'URLPattern MIMEType ByteLengthQueuingStrategy'),
  ...fix(
    'Write `using` declarations, or call dispose() before the suspension point.',
    'DisposableStack AsyncDisposableStack',
  ),
]);

function fix(text: string, ...names: readonly string[]): [string, string][] {
  return names.flatMap((list) => list.split(' ').map((name): [string, string] => [name, text]));
}
