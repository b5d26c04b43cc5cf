/** For tests of scripts: run one as an instance, without a server. */
export { type Capture, runSource, type RunSourceOptions } from './run-source.ts';
export { useVolatileWorld, type VolatileWorld } from '../index.ts';
