/** Functions and classes whose results belong to the process: no checkpoint can hold them. By module of Node.js; '' for globals. */

const HASHES = 'a hash';
const CIPHERS = 'a cipher';
const COMPRESSORS = 'a stream';

/** What they make, in words. `await` in front: the call gives a promise of it. */
export const NATIVE_MAKERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    fetch: 'await a response',
    WebSocket: 'a socket',
    EventSource: 'a connection',
    ReadableStream: 'a stream',
    WritableStream: 'a stream',
    TransformStream: 'a stream',
    BroadcastChannel: 'a channel',
    MessageChannel: 'a channel',
  },
  net: {
    createServer: 'a server',
    Server: 'a server',
    connect: 'a socket',
    createConnection: 'a socket',
    Socket: 'a socket',
  },
  tls: { createServer: 'a server', connect: 'a socket' },
  dgram: { createSocket: 'a socket' },
  http: { createServer: 'a server', request: 'a request', get: 'a request', Agent: 'an agent with sockets' },
  https: { createServer: 'a server', request: 'a request', get: 'a request', Agent: 'an agent with sockets' },
  http2: { connect: 'a session', createServer: 'a server' },
  fs: { createReadStream: 'a stream', createWriteStream: 'a stream', watch: 'a watcher' },
  'fs/promises': { open: 'await an open file' },
  child_process: { spawn: 'a process', exec: 'a process', execFile: 'a process', fork: 'a process' },
  worker_threads: { Worker: 'a thread', MessageChannel: 'a channel' },
  readline: { createInterface: 'a reader' },
  'readline/promises': { createInterface: 'a reader' },
  crypto: {
    createHash: HASHES,
    createHmac: HASHES,
    createSign: 'a signature',
    createVerify: 'a signature',
    createCipheriv: CIPHERS,
    createDecipheriv: CIPHERS,
  },
  stream: { Readable: 'a stream', Writable: 'a stream', Transform: 'a stream', PassThrough: 'a stream' },
  zlib: { createGzip: COMPRESSORS, createGunzip: COMPRESSORS, createBrotliCompress: COMPRESSORS },
  sqlite: { DatabaseSync: 'a database' },
};

/** Modules whose functions give promises. */
export const PROMISING_MODULES: readonly string[] = [
  'fs/promises',
  'timers/promises',
  'dns/promises',
  'stream/promises',
];
