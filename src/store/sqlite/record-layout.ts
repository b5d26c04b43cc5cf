/** Where things are in the head of a record (`record-format.ts`): bytes from its beginning. */

export const HEAD_LENGTH = 72;
export const FORMAT = 1;
export const FLAG_REQUEST = 1;
export const FLAG_SNAPSHOT = 2;
export const FLAG_OUTCOME = 4;
export const FLAG_DAMAGED = 8;

export const AT_HEAD_SUM = 0;
export const AT_BODY_CRC = 4;
export const AT_FORMAT = 8;
export const AT_STATUS = 9;
export const AT_FLAGS = 10;
export const AT_LENGTH = 12;
export const AT_CREATED = 16;
export const AT_UPDATED = 24;
export const AT_SEQUENCE = 32;
export const AT_SCRIPT_TAG = 40;
export const AT_CODE_TAG = 44;
export const AT_REQUEST = 48;
export const AT_OUTCOME_LENGTH = 56;
export const AT_SNAPSHOT_LENGTH = 60;
export const AT_ID_LENGTH = 64;
export const AT_SCRIPT_LENGTH = 66;
export const AT_CODE_LENGTH = 68;
export const AT_REQUEST_LENGTH = 70;
