/** What a code means, for a person who has met it. */

/** Two scripts: the first gives the code, the second does not. Both are really run by a test. */
export interface Example {
  readonly wrong: string;
  readonly right: string;
  /** Modules that both import, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Explanation {
  /** A heading, without a full stop. */
  readonly title: string;
  /** What it means, and when it happens. */
  readonly why: string;
  readonly fix: string;
  readonly example?: Example;
}
