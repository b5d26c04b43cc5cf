import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { KEEP_WASM_WRAPPERS } from './src/wasm-tiering.ts';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^waymark\/batch$/, replacement: source('./src/batch/index.ts') },
      { find: /^waymark\/testing$/, replacement: source('./src/testing/index.ts') },
      { find: /^waymark$/, replacement: source('./src/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // For what hangs; no measure of speed, a busy machine takes its time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // See src/wasm-tiering.ts: threads of the tests load TypeScript too.
    execArgv: [KEEP_WASM_WRAPPERS],
    maxWorkers: 2,
  },
});
