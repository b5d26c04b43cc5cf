import { WaymarkError } from '../waymark-error.ts';

/** Codes of what a node reports or answers. */
export const NodeErrorCode = {
  scriptFailed: 'WM7001',
  tooManyInFlight: 'WM7002',
  stopping: 'WM7003',
  resultNotEncodable: 'WM7004',
  scriptRefused: 'WM7005',
  scriptNameInvalid: 'WM7006',
  scriptNameTwice: 'WM7007',
  codeMissing: 'WM7008',
  codeNotLoadable: 'WM7009',
  checkpointDamaged: 'WM7010',
  quarantined: 'WM7011',
  folderUnreadable: 'WM7012',
  storeFailed: 'WM7013',
  unknownScript: 'WM7014',
  ownerAway: 'WM7015',
  notDead: 'WM7016',
  otherProtocol: 'WM7017',
  wouldRollBack: 'WM7018',
} as const;

export type NodeErrorCode = (typeof NodeErrorCode)[keyof typeof NodeErrorCode];

/** A node could not do something, or refused it. */
export class NodeError extends WaymarkError {
  constructor(code: NodeErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(code, message, options);
  }
}

/** Text of anything that was thrown, on one line: `TypeError: x is not a function`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown value ${safeText(error)}`;
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}

/** The stable code of an error of Waymark's; `fallback` for every other. */
export function codeOf(error: unknown, fallback: string): string {
  return error instanceof WaymarkError ? error.code : fallback;
}

function safeText(value: unknown): string {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}
