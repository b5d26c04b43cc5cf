/** For tests of scripts: run one as an instance, without a server. */
export { type CrashMoment, type CrashPoint, crashPoints, crashText } from './crash-point.ts';
export { type CrashTestOptions, everyCrash } from './every-crash.ts';
export { type Capture, runSource, type RunSourceOptions } from './run-source.ts';
export { type ScriptRun, type TestCheckpoint } from './script-run.ts';
export { type FileUrl, type ScriptTestOptions, testScript } from './script-test.ts';
export { type Answer, type Answers, noAnswer, oncePerId, type SentMessage } from './sent-message.ts';
export { useVolatileWorld, type VolatileWorld } from '../index.ts';
