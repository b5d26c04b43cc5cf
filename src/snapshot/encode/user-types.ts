/** Instances of classes registered with `serializable`: saved as the plain data that their `write` gives. */
import * as F from '../format.ts';
import type { UserType } from '../snapshot-context.ts';
import { SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import type { Encoder } from './encoder.ts';
import { pathToNumber } from './path.ts';
import { writeString } from './strings.ts';

export interface UserBody {
  readonly type: UserType;
  /** Kept for paths in errors. */
  data: unknown;
}

export function writeUser(e: Encoder, value: object, type: UserType): void {
  e.out.byte(F.USER);
  e.hasUserTypes = true;
  e.add(value, F.BODY_USER, { type, data: undefined } satisfies UserBody);
  writeString(e, type.name);
}

export function writeUserBody(e: Encoder, index: number, value: object): void {
  const body = e.payloads[index] as UserBody;
  try {
    body.data = body.type.write(value);
  } catch (cause) {
    const path = pathToNumber(e, index);
    throw new SnapshotError(
      SnapshotCode.userWriteFailed,
      `Cannot save the state: write() of ${body.type.name} threw for ${path === '' ? 'the value' : path}: ${String(cause)}`,
      {
        path,
        cause,
        fix: `Correct write() given to serializable(..., { name: ${JSON.stringify(body.type.name)} }).`,
      },
    );
  }
  e.value(body.data);
}
