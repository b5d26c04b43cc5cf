/**
 * Which statements are prepared by name on a server's connections. One that is run the second time gets a name, until there are many: names are never
 * given up, as every connection of the pool may have prepared them.
 */
const MOST_NAMES = 100;
const LONGEST_NAMED = 64 * 1024;

export class PreparedNames {
  readonly #seen = new Set<string>();
  readonly #names = new Map<string, string>();

  nameOf(sql: string): string | undefined {
    const name = this.#names.get(sql);
    if (name !== undefined || this.#names.size >= MOST_NAMES || sql.length > LONGEST_NAMED) return name;
    if (!this.#seen.has(sql)) {
      if (this.#seen.size >= 10 * MOST_NAMES) this.#seen.clear();
      this.#seen.add(sql);
      return undefined;
    }
    this.#seen.delete(sql);
    const fresh = `waymark_${this.#names.size}`;
    this.#names.set(sql, fresh);
    return fresh;
  }
}
