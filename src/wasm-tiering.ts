/**
 * Keeps V8 from compiling wrappers for calls from WebAssembly to JavaScript anew when they are called often. The cache of these wrappers is one
 * for all threads of the process, and freeing what was replaced ends the process now and then ("Check failed: end > addr", or a
 * segmentation fault, from `Runtime_TierUpWasmToJSWrapper`; seen with V8 13.6 of Node.js 24.21, about once in 3,000 threads that were ended). Node.js runs
 * WebAssembly in every thread that loads TypeScript.
 */
import { setFlagsFromString } from 'node:v8';

/** A wrapper is compiled anew only after more calls than a thread makes. */
export const KEEP_WASM_WRAPPERS = '--wasm-wrapper-tiering-budget=1000000000';

/**
 * To be called before a thread is begun that may be ended while it is loading. Not earlier: code that was compiled and kept under other flags is
 * compiled again, so that a start of the process would take longer.
 */
export function keepWasmWrappers(): void {
  setFlagsFromString(KEEP_WASM_WRAPPERS);
}
