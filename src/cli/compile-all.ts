/** Compiling for the command line: one script, or many with the failures collected. */
import type { Bundle } from '../bundle.ts';
import { CompileError, type Diagnostic } from '../compiler/diagnostics/diagnostic.ts';
import type { ExportNames } from '../compiler/native-imports.ts';
import { PackageReader } from './export-names.ts';

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

/** The sources of a bundle, compiled anew by this compiler. */
export async function recompile(bundle: Bundle): Promise<Bundle> {
  const { recompile: again } = await import('../compiler/index.ts');
  return again(bundle);
}

/**
 * Like `compileScript`, for a script that is going to run: its packages are loaded, and must export what it imports.
 * @throws CompileError also for WM1005 and WM1006
 */
export async function compileToRun(file: string): Promise<Bundle> {
  const bundle = await compileScript(file);
  const { exportNames } = await import('../runtime/realm.ts');
  await refuseWrongImports(file, exportNames);
  return bundle;
}

async function refuseWrongImports(file: string, exportNames: ExportNames): Promise<void> {
  const { checkNativeImports } = await import('../compiler/native-imports.ts');
  const diagnostics = await checkNativeImports(file, exportNames);
  if (diagnostics.length > 0) throw new CompileError(diagnostics);
}

/**
 * In the given order, one after the other. Packages are loaded in a thread that is ended afterwards, to see whether they export what
 * is imported; one that cannot be loaded is passed over. Errors that are no diagnostics (an unreadable file) are thrown.
 */
export async function compileAll(files: readonly string[]): Promise<readonly CompiledScript[]> {
  const results: CompiledScript[] = [];
  const packages = new PackageReader();
  try {
    for (const file of files) {
      try {
        const bundle = await compileScript(file);
        if (bundle.imports.length > 0) await refuseWrongImports(file, packages.exportNames);
        results.push({ file, ok: true, bundle });
      } catch (error) {
        if (!(error instanceof CompileError)) throw error;
        results.push({ file, ok: false, diagnostics: error.diagnostics });
      }
    }
  } finally {
    await packages.close();
  }
  return results;
}
