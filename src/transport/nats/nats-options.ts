/** Where the NATS servers are and who we are to them; plain data, as a command line or a file gives it. */
import { readFileSync } from 'node:fs';
import {
  credsAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type NodeConnectionOptions,
} from '@nats-io/transport-node';
import { TransportError } from '../transport-error.ts';

export interface NatsServerOptions {
  /** `nats://host:4222`, `tls://host:4222`, `host:4222`; several are tried in random order. User and password or a token may stand in the URL. */
  readonly servers: string | readonly string[];
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** File that holds an nkey seed (`SU...`). */
  readonly nkeyFile?: string | undefined;
  /** File with a user JWT and its seed, as `nsc` writes it. */
  readonly credsFile?: string | undefined;
  readonly tls?: NatsTlsOptions | undefined;
}

export interface NatsTlsOptions {
  /** PEM file with the authorities to trust besides those that Node knows. */
  readonly caFile?: string | undefined;
  /** Client certificate and its key, PEM files. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** @throws TransportError WM6015 (a file that cannot be read, two ways of authentication at once) */
export function connectionOptions(options: NatsServerOptions): NodeConnectionOptions {
  const servers: string[] = [];
  const authenticators: Authenticator[] = ownAuthenticators(options);
  let encrypted = options.tls !== undefined;
  for (const text of typeof options.servers === 'string' ? options.servers.split(',') : options.servers) {
    const { server, authenticator, tls } = parseServer(text.trim());
    servers.push(server);
    encrypted ||= tls;
    if (authenticator) authenticators.push(authenticator);
  }
  if (servers.length === 0)
    throw invalid('No NATS server is named', 'Give at least one URL, for example nats://127.0.0.1:4222.');
  return {
    servers,
    ...(authenticators.length > 0 ? { authenticator: authenticators } : {}),
    ...(encrypted ? { tls: tlsOptions(options.tls ?? {}) } : {}),
  };
}

function ownAuthenticators(options: NatsServerOptions): Authenticator[] {
  const { token, user, password, nkeyFile, credsFile } = options;
  const ways = [token, user, nkeyFile, credsFile].filter((value) => value !== undefined).length;
  if (ways > 1) {
    throw invalid(
      'More than one way to authenticate with NATS is given',
      'Give one of: token, user and password, nkey file, credentials file.',
    );
  }
  if (token !== undefined) return [tokenAuthenticator(token)];
  if (user !== undefined) return [usernamePasswordAuthenticator(user, password)];
  if (nkeyFile !== undefined) return [nkeyAuthenticator(seedOf(read(nkeyFile)))];
  // Read at every connection, so that a renewed file counts without a restart.
  if (credsFile !== undefined) {
    read(credsFile);
    return [credsAuthenticator(() => read(credsFile))];
  }
  return [];
}

function seedOf(file: Uint8Array): Uint8Array {
  const seed = /S[A-Z2-7]{57}/.exec(new TextDecoder().decode(file));
  if (!seed) throw invalid('The nkey file holds no seed', 'It must hold a user seed, which begins with SU.');
  return new TextEncoder().encode(seed[0]);
}

function parseServer(text: string): { server: string; authenticator?: Authenticator; tls: boolean } {
  let url: URL;
  try {
    url = new URL(text.includes('://') ? text : `nats://${text}`);
  } catch (error) {
    throw invalid(`"${text}" is not the URL of a NATS server`, 'Write it as nats://host:4222.', error);
  }
  if (!['nats:', 'tls:'].includes(url.protocol) || url.hostname === '') {
    throw invalid(
      `"${text}" is not the URL of a NATS server`,
      'Write it as nats://host:4222 or tls://host:4222.',
    );
  }
  const server = `${url.hostname}:${url.port === '' ? '4222' : url.port}`;
  const tls = url.protocol === 'tls:';
  if (url.username === '') return { server, tls };
  const name = decodeURIComponent(url.username);
  const authenticator =
    url.password === ''
      ? tokenAuthenticator(name)
      : usernamePasswordAuthenticator(name, decodeURIComponent(url.password));
  return { server, tls, authenticator };
}

function tlsOptions({ caFile, certFile, keyFile }: NatsTlsOptions): Record<string, string> {
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw invalid('A client certificate and its key belong together', 'Give both files, or none.');
  }
  const files = { caFile, certFile, keyFile };
  const given: Record<string, string> = {};
  for (const [name, path] of Object.entries(files)) {
    if (path === undefined) continue;
    read(path);
    given[name] = path;
  }
  return given;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw invalid(`Cannot read ${path}`, 'Correct the path, or let this user read the file.', error);
  }
}

function invalid(message: string, fix: string, cause?: unknown): TransportError {
  return new TransportError('configuration', message, { fix, cause });
}
