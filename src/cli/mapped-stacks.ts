import { setSourceMapsSupport } from 'node:module';

/** From now on stacks of scripts show the author's files and lines. Costs time only when a stack is read. */
export function mapStacks(): void {
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: true });
}
