/** Ids of instances: 26 characters of Crockford's base 32, as in ULIDs. */
import { hash } from 'node:crypto';
import { ulid } from 'ulid';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID_BYTES = 16;
/** The id that is being made. */
const digits = Buffer.alloc(26);

/** A new ULID. @param now ms since the epoch @param randomBytes source of its 80 random bits */
export function newInstanceId(now: number, randomBytes: (count: number) => Uint8Array): string {
  const random = randomBytes(16);
  let next = 0;
  // A fraction k/256 maps to one of 32 characters: evenly, because 32 divides 256.
  return ulid(now, () => random[next++]! / 256);
}

/**
 * The id that every node gives to the instance of this request, so that the messages of two runs of the same request
 * have the same ids and their receivers can drop one: the first 128 bits of SHA-256.
 */
export function requestInstanceId(script: string, requestId: string): string {
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  const digest = hash('sha256', `${script.length}:${script}:${requestId}`, 'binary');
  // 26 digits of 5 bits hold 130: the first has the two that are always zero, and the next 25 are 125 bits.
  let length = 0;
  digits[length++] = ALPHABET.charCodeAt(digest.charCodeAt(0) >>> 5);
  let bits = digest.charCodeAt(0) & 31;
  let count = 5;
  for (let index = 1; index < ID_BYTES; index++) {
    bits = ((bits << 8) | digest.charCodeAt(index)) & 0x1fff;
    count += 8;
    while (count >= 5) {
      count -= 5;
      digits[length++] = ALPHABET.charCodeAt((bits >>> count) & 31);
    }
  }
  // One text and not many that are joined: it is compared, hashed and written often.
  return digits.toString('latin1', 0, length);
}
