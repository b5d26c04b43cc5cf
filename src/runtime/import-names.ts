/** Names of what native modules export. Made once for each set of imported modules; realms of a bundle share it. */

export interface ImportNames {
  readonly nameOf: ReadonlyMap<unknown, string>;
  readonly named: ReadonlyMap<string, object | symbol>;
}

const known = new WeakMap<ReadonlyMap<string, object>, ImportNames>();

/** `import:<specifier>`, `import:<specifier>#<export>` and `import:<specifier>#<export>.prototype`; the first name of a value wins. */
export function importNames(modules: ReadonlyMap<string, object>): ImportNames {
  let names = known.get(modules);
  if (!names) known.set(modules, (names = collect(modules)));
  return names;
}

function collect(modules: ReadonlyMap<string, object>): ImportNames {
  const nameOf = new Map<unknown, string>();
  const named = new Map<string, object | symbol>();
  const add = (name: string, value: unknown): void => {
    const isNameable =
      (typeof value === 'object' && value !== null) ||
      typeof value === 'function' ||
      typeof value === 'symbol';
    if (!isNameable) return;
    named.set(name, value);
    if (!nameOf.has(value)) nameOf.set(value, name);
  };
  /** Tables of Node: constants, and functions in groups like `fs.promises`. */
  const addMembers = (name: string, table: unknown, depth: number): void => {
    if (typeof table !== 'object' || table === null || depth === 0) return;
    const prototype: unknown = Object.getPrototypeOf(table);
    if (prototype !== Object.prototype && prototype !== null) return;
    for (const key of Object.keys(table)) {
      const value: unknown = Object.getOwnPropertyDescriptor(table, key)!.value;
      add(`${name}.${key}`, value);
      addMembers(`${name}.${key}`, value, depth - 1);
    }
  };
  for (const [specifier, namespace] of modules) {
    add(`import:${specifier}`, namespace);
    for (const [key, value] of Object.entries(namespace)) {
      add(`import:${specifier}#${key}`, value);
      if (typeof value === 'function') add(`import:${specifier}#${key}.prototype`, value.prototype);
      else if (specifier.startsWith('node:')) addMembers(`import:${specifier}#${key}`, value, 2);
    }
  }
  return { nameOf, named };
}
