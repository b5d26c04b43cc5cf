/**
 * Pages of an HTTP interface, one request at a time. A restart asks for the page that it was in again and passes over the items that were taken; where
 * pages may shift meanwhile, use an interface with cursors.
 */
import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';
import { BufferedReader } from './buffered-reader.ts';
import { pauseOf, waitFor } from './http-pause.ts';

export interface HttpPage {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  /** From 0. */
  readonly number: number;
}

export interface HttpPageReaderOptions<Item> {
  /** Of the first page; a user and a password in it are sent as Basic authorization. */
  readonly url: FromContext<string>;
  /** Of every request to the server of the first page: for example an authorization. */
  readonly headers?: FromContext<Readonly<Record<string, string>>> | undefined;
  /** Items of a page. Default: its body, which must be an array. */
  readonly items?: ((page: HttpPage) => readonly Item[]) | undefined;
  /**
   * Address of the page after this one (may be relative); undefined: there is none. Default: the `Link` header with `rel="next"` (RFC 8288).
   * `nextByNumber` and `nextByCursor` make others.
   */
  readonly next?: ((page: HttpPage, items: readonly Item[]) => string | undefined) | undefined;
  /** How often a request is sent again that got no answer, 429 or 5xx. Default 5. */
  readonly retries?: number | undefined;
  /** Longest wait between two of them, in milliseconds. Default 60,000. */
  readonly longestPauseMs?: number | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Default: real time. */
  readonly wait?: ((ms: number, stopping: AbortSignal) => Promise<void>) | undefined;
}

export interface HttpPosition {
  readonly url: string;
  /** From 0. */
  readonly page: number;
  /** Items of this page that were taken. */
  readonly taken: number;
}

export class HttpPageReader<Item = unknown> extends BufferedReader<Item, HttpPosition> {
  readonly #options: HttpPageReaderOptions<Item>;
  readonly #context: ArtifactContext;
  #url: string | undefined;
  #origin = '';
  #headers: Readonly<Record<string, string>> = {};
  #page = 0;
  #toPass = 0;

  constructor(context: ArtifactContext, options: HttpPageReaderOptions<Item>) {
    super();
    this.#context = context;
    this.#options = options;
  }

  protected override async openAt(position: HttpPosition | undefined): Promise<HttpPosition> {
    const first = new URL(valueOf(this.#options.url, this.#context));
    const { username, password, origin } = first;
    const name = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#origin = origin;
    this.#headers = {
      accept: 'application/json',
      ...(name === ':' ? {} : { authorization: `Basic ${Buffer.from(name).toString('base64')}` }),
      ...(this.#options.headers === undefined ? {} : valueOf(this.#options.headers, this.#context)),
    };
    // Neither in checkpoints nor in messages.
    first.username = first.password = '';
    this.#url = position?.url ?? first.href;
    this.#page = position?.page ?? 0;
    this.#toPass = position?.taken ?? 0;
    return { url: this.#url, page: this.#page, taken: this.#toPass };
  }

  protected override async readMore(): Promise<boolean> {
    const url = this.#url!;
    const response = await this.#request(url);
    let body: unknown;
    try {
      body = await response.json();
    } catch (error) {
      throw failed(url, `the answer is not JSON: ${(error as Error).message}`, error);
    }
    const page: HttpPage = { url, headers: response.headers, body, number: this.#page };
    const items = this.#options.items?.(page) ?? body;
    if (!Array.isArray(items)) throw failed(url, 'the answer has no list of items');
    for (let index = this.#toPass; index < items.length; index++)
      this.push(items[index] as Item, { url, page: this.#page, taken: index + 1 });
    this.#toPass = 0;
    const next = (this.#options.next ?? nextByLink)(page, items as Item[]);
    if (next === undefined) return false;
    this.#url = new URL(next, url).href;
    this.#page++;
    return true;
  }

  async #request(url: string): Promise<Response> {
    const { retries = 5, longestPauseMs = 60_000, wait = waitFor } = this.#options;
    const send = this.#options.fetch ?? fetch;
    const { stopping } = this.#context;
    // What lets us in here is not for other servers that a page names.
    const headers = new URL(url).origin === this.#origin ? this.#headers : { accept: 'application/json' };
    for (let attempt = 0; ; attempt++) {
      let response: Response | undefined;
      let trouble: unknown;
      try {
        response = await send(url, { headers, signal: stopping });
        if (response.ok) return response;
      } catch (error) {
        trouble = error;
      }
      const passing = response === undefined || response.status === 429 || response.status >= 500;
      if (!passing || attempt >= retries || stopping.aborted) {
        const what =
          response === undefined
            ? `no answer: ${String(trouble)}`
            : `${response.status} ${response.statusText}`;
        throw failed(url, what.trim(), trouble);
      }
      await response?.body?.cancel();
      await wait(pauseOf(response, attempt, longestPauseMs), stopping);
    }
  }
}

/** The `Link` header's target with `rel="next"` (RFC 8288). */
export function nextByLink(page: Pick<HttpPage, 'headers'>): string | undefined {
  for (const link of (page.headers.get('link') ?? '').split(/,(?=\s*<)/)) {
    const [, target, parameters] = /^\s*<([^>]*)>(.*)$/.exec(link) ?? [];
    if (/;\s*rel\s*=\s*"?([^";]*\s)?next(\s[^";]*)?"?\s*(;|$)/i.test(parameters ?? '')) return target;
  }
  return undefined;
}

/** Pages that have numbers: the next one is asked for until a page is empty. @param first Number of the first page; default 1 */
export const nextByNumber =
  (parameter: string, first = 1) =>
  (page: HttpPage, items: readonly unknown[]): string | undefined =>
    items.length === 0 ? undefined : withParameter(page.url, parameter, String(first + page.number + 1));

/** Pages that name the next one in their body. @param cursor undefined or null: there is none */
export const nextByCursor =
  (parameter: string, cursor: (body: never) => string | number | null | undefined) =>
  (page: HttpPage): string | undefined => {
    const next = cursor(page.body as never);
    return next === undefined || next === null || next === ''
      ? undefined
      : withParameter(page.url, parameter, String(next));
  };

function withParameter(address: string, name: string, value: string): string {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
}

function failed(url: string, what: string, cause?: unknown): ItemsError {
  return new ItemsError(ItemsErrorCode.httpFailed, `GET ${url}: ${what}`, {
    cause,
    fix: 'Check the address and what the server says to it. A restart asks for the same page again.',
  });
}

/** Reads the pages of an HTTP interface. */
export function httpPageReader<Item = unknown>(
  options: HttpPageReaderOptions<Item>,
): ArtifactClass<HttpPageReader<Item>> {
  return class extends HttpPageReader<Item> {
    constructor(context: ArtifactContext) {
      super(context, options);
    }
  };
}
