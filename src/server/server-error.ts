import { WaymarkError } from '../waymark-error.ts';

/** The HTTP endpoint of a node could not be opened. */
export class ServerError extends WaymarkError {}

export const ServerErrorCode = { cannotListen: 'WM7030' } as const;
