import { WaymarkError } from '../waymark-error.ts';

export const RuntimeCode = {
  /** A durable function was called while no instance was running. */
  noInstance: 'WM3001',
  /** The bundle was compiled for another frame ABI. */
  wrongAbi: 'WM3002',
  /** A checkpoint could not be made. */
  checkpointFailed: 'WM3003',
  /** A branch waits for something that a snapshot cannot hold. */
  volatileWait: 'WM3004',
  /** A call had no answer, or failed. */
  callFailed: 'WM3005',
  /** Not a duration. */
  badDuration: 'WM3006',
  /** Nothing can wake the instance any more. */
  stuck: 'WM3007',
  /** No transport to send with. */
  noTransport: 'WM3008',
  /** The script does not export a function. */
  noEntry: 'WM3009',
  /** A promise of another instance was awaited, and that instance is over. */
  instanceGone: 'WM3010',
  /** Two classes were registered as serializable under one name. */
  nameTaken: 'WM3011',
} as const;

/** The runtime itself cannot do what was asked. */
export class RuntimeError extends WaymarkError {}
