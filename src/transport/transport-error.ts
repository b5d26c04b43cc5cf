import { WaymarkError } from '../waymark-error.ts';

/** Every way in which a transport can refuse or lose a message, with its stable code. */
export const TRANSPORT_ERRORS = {
  noResponders: 'WM6001',
  timeout: 'WM6002',
  closed: 'WM6003',
  aborted: 'WM6004',
  invalidSubject: 'WM6005',
  tooLarge: 'WM6006',
  peerNotReading: 'WM6007',
  malformedFrame: 'WM6008',
  idInUse: 'WM6009',
  pathTooLong: 'WM6010',
  unsupportedPlatform: 'WM6011',
  handlerFailed: 'WM6012',
  invalidHeader: 'WM6013',
  connection: 'WM6014',
  configuration: 'WM6015',
} as const;

export type TransportErrorKind = keyof typeof TRANSPORT_ERRORS;

/** A message could not be sent, a request was not answered, or a connection was lost. */
export class TransportError extends WaymarkError {
  readonly kind: TransportErrorKind;

  constructor(kind: TransportErrorKind, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(TRANSPORT_ERRORS[kind], message, options);
    this.kind = kind;
  }
}

/** WM6007: `subject` says which message was refused; without it the error reports the begin of a congestion. */
export function peerNotReading(peer: string, subject?: string): TransportError {
  const what = subject === undefined ? 'Messages are' : `A message to "${subject}" was`;
  return new TransportError('peerNotReading', `${what} dropped: too much is waiting for "${peer}"`, {
    fix: `See whether the process "${peer}" is stopped or overloaded.`,
  });
}

/** WM6004, for a signal that was aborted before its request was sent. */
export function abortedBefore(subject: string, signal: AbortSignal): TransportError {
  return new TransportError('aborted', `The request to "${subject}" was aborted before it was sent`, {
    cause: signal.reason,
  });
}
