/** Compiling for the command line: one script, or many with the failures collected. */
import type { Bundle } from '../bundle.ts';
import { CompileError, type Diagnostic } from '../compiler/diagnostics/diagnostic.ts';

export type CompiledScript =
  | { readonly file: string; readonly ok: true; readonly bundle: Bundle }
  | {
      readonly file: string;
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
    };

/** Compiles the script at an absolute path. Throws CompileError. The compiler is loaded at the first call. */
export async function compileScript(file: string): Promise<Bundle> {
  const { compile } = await import('../compiler/index.ts');
  return compile(file);
}

/** In the given order, one after the other. Errors that are no diagnostics (an unreadable file) are thrown. */
export async function compileAll(files: readonly string[]): Promise<readonly CompiledScript[]> {
  const results: CompiledScript[] = [];
  for (const file of files) {
    try {
      results.push({ file, ok: true, bundle: await compileScript(file) });
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      results.push({ file, ok: false, diagnostics: error.diagnostics });
    }
  }
  return results;
}
