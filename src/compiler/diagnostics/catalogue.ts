/**
 * Every message of the compiler: data, so that the reference page and `waymark check` say the same.
 * WM1xxx cannot be compiled, WM2xxx is worth a look. A code is never reused
 * (WM1020 was a class inside a function).
 */

export interface CatalogueEntry {
  /** What it is about, as a heading. */
  readonly title: string;
  /** `{name}` is replaced. */
  readonly message: string;
  readonly fix: string;
  /** Why Waymark asks for it. */
  readonly why: string;
}

export const CATALOGUE = {
  WM1000: {
    title: 'The script cannot be compiled',
    message: 'The script cannot be compiled.',
    fix: 'See the diagnostics that it comes with.',
    why: 'Collects all diagnostics of a script and its relative imports.',
  },
  WM1001: {
    title: 'Syntax error',
    message: '{detail}',
    fix: 'Correct the syntax.',
    why: 'The parser cannot read the file as a TypeScript or JavaScript module.',
  },
  WM1002: {
    title: 'Module not found',
    message: 'Cannot find the module "{specifier}" imported here.',
    fix: 'Check the path; a relative import names a .ts, .js, .mjs or .json file beside the script.',
    why: 'Relative imports are compiled together with the script, so they must exist when it is deployed.',
  },
  WM1003: {
    title: 'Export not found',
    message: 'The module "{specifier}" has no export named "{name}".',
    fix: 'Export it there, or correct the name.',
    why: 'Modules of a bundle are linked when they are compiled.',
  },
  WM1004: {
    title: 'No default export',
    message: 'A script must export a function as default; this module does not.',
    fix: 'Write `export default async function main(input) { ... }`.',
    why: 'An instance is one call of the default export.',
  },
  WM1005: {
    title: 'Package not found',
    message: 'Cannot find the package "{specifier}" imported here.',
    fix: 'Install it in the project of the script, or correct its name.',
    why: 'Packages are imported natively when a script is loaded. Without this one no instance could start.',
  },
  WM1006: {
    title: 'Package export not found',
    message: 'The package "{specifier}" has no export named "{name}".{hint}',
    fix: 'Correct the name, or install the version of the package that exports it.',
    why: 'Native imports are linked by name. Node.js refuses such a module too; here the value would be undefined when it is used.',
  },
  WM1013: {
    title: 'Top-level await',
    message: '`await` at module level is not supported in a durable module.',
    fix: 'Move it into the default export, or into a package that is imported natively.',
    why: 'A module is evaluated again after a restart; waiting there would not be part of any instance.',
  },
  WM1021: {
    title: 'Decorator',
    message: 'Decorators are not supported in durable modules.',
    fix: 'Call the decorating function by hand, or move the class to a package that is imported natively.',
    why: 'A decorator may replace the class behind the back of the code that restores it.',
  },
  WM1022: {
    title: 'Auto-accessor',
    message: 'The `accessor` keyword is not supported.',
    fix: 'Write a private field with a getter and a setter.',
    why: 'Node does not run it yet, and its hidden storage could not be saved.',
  },
  WM1023: {
    title: 'super() inside an async arrow function',
    message: '`super()` is called inside an async arrow function.',
    fix: 'Call super() directly in the constructor.',
    why: 'The code of an async function is moved out of the constructor, where super() has no meaning.',
  },
  WM1024: {
    title: 'Direct eval',
    message: '`eval` is not available in durable modules.',
    fix: 'Write the code out, or use `new Function` in a package that is imported natively.',
    why: 'Evaluated code could see variables that are moved into frames, and could not be found again after a restore.',
  },
  WM1025: {
    title: 'Dynamic import of a relative module',
    message: 'A relative module cannot be imported dynamically.',
    fix: 'Import it statically at the top, or import a package.',
    why: 'A bundle is compiled as a whole, so that its hash names all code that an instance can run.',
  },
  WM1026: {
    title: 'JSX',
    message: 'JSX is not supported in durable modules.',
    fix: 'Render in a package that is imported natively.',
    why: 'A script is plain TypeScript.',
  },
  WM1029: {
    title: 'Variable of a loop at module level',
    message:
      'A function changes "{name}", a variable of a loop, a catch clause or a declaration in a block at module level.',
    fix: 'Declare it with `let` at the top of the module, or make the functions in a function that is called there.',
    why: 'What functions change at module level is saved with the instance; such a variable cannot be reached for that.',
  },
  WM1030: {
    title: 'Async call at module level',
    message: '{name} is called while the module is evaluated.',
    fix: 'Call it in the default export, or in a function that is called there.',
    why: 'A module is evaluated before there is an instance: nothing could save what the call waits for.',
  },
  WM1031: {
    title: 'Default export is a generator',
    message: 'The default export is a generator function: a call of it runs nothing.',
    fix: 'Export an async function that iterates over it, or that returns what it collects.',
    why: 'An instance is one call of the default export and ends with its result; nobody would ask a generator for values.',
  },
  WM1028: {
    title: 'Assignment to an import',
    message: 'Cannot assign to "{name}", it is an import.',
    fix: 'Export a function from that module that changes it.',
    why: 'Imported bindings are read-only in ECMAScript.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof CATALOGUE;
