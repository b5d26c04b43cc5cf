/** How modules of jobs are found: what they import as `waymark` is this Waymark, and TypeScript needs no package.json beside it. */
import { registerHooks } from 'node:module';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** What a job imports must be what runs it: errors are known by their classes. */
const OWN: Readonly<Record<string, string>> = {
  'waymark/batch': new URL(`../index${ENDING}`, import.meta.url).href,
  waymark: new URL(`../../index${ENDING}`, import.meta.url).href,
};

let hooked = false;

/** For this thread, from now on. */
export function hookJobModules(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const own = OWN[specifier];
      if (own !== undefined) return { url: own, shortCircuit: true };
      const found = next(specifier, context);
      // Without a package.json that says so, Node.js would guess, and warn about it.
      const isUntyped = found.format === undefined || found.format === null;
      return isUntyped && found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
    },
  });
}
