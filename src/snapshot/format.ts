/**
 * The numbers of snapshot format 1. They are for ever: a change needs a new format version.
 * `docs/reference/snapshot-format.md` says what follows each tag.
 */

/** "WMK" and a byte that is no valid UTF-8, so that no text file looks like a snapshot. */
export const MAGIC: readonly number[] = [0x57, 0x4d, 0x4b, 0xc1];
export const FORMAT_VERSION = 1;
/** Bytes of the CRC32C at the end. */
export const CHECKSUM_LENGTH = 4;
/** Longest code hash, in bytes. */
export const MAX_CODE_HASH = 64;

// Values. One byte each; what follows depends on it.
export const UNDEFINED = 0x01;
export const NULL = 0x02;
export const FALSE = 0x03;
export const TRUE = 0x04;
export const INT_POSITIVE = 0x05;
export const INT_NEGATIVE = 0x06;
export const FLOAT32 = 0x07;
export const FLOAT64 = 0x08;
export const NOT_A_NUMBER = 0x09;
export const NEGATIVE_ZERO = 0x0a;
export const BIGINT_POSITIVE = 0x0b;
export const BIGINT_NEGATIVE = 0x0c;
export const STRING_LATIN1 = 0x0d;
export const STRING_UTF16 = 0x0e;
export const STRING_UTF8 = 0x0f;
export const STRING_REF = 0x10;
export const OBJECT_REF = 0x11;
export const RECORD = 0x12;
export const OBJECT = 0x13;
export const ARRAY = 0x14;
export const MAP = 0x15;
export const SET = 0x16;
export const DATE = 0x17;
export const CLOSURE = 0x18;
export const REFERENCE = 0x19;
export const INSTANCE = 0x1a;
export const USER = 0x1b;
export const ERROR = 0x1c;
/** One more byte says which: the RARE_ numbers below. */
export const RARE = 0x1d;
/** Before the tag of an object without a body: it has a body after all, an extras block. */
export const EXTENDED = 0x1e;
/** Only as an element of an array. */
export const HOLE = 0x1f;
/** 0x20 to 0x3f: object 0 to 31 again. */
export const SHORT_OBJECT_REF = 0x20;
/** 0x40 to 0x5f: a new Latin-1 string of 0 to 31 characters. */
export const SHORT_STRING = 0x40;
/** 0x60 to 0x7f: string 0 to 31 again. */
export const SHORT_STRING_REF = 0x60;
/** 0x80 to 0xff: the integers -16 to 111. */
export const SMALL_INT = 0x80;
export const SMALL_INT_MIN = -16;
export const SMALL_INT_MAX = 111;
/** How many numbers a short reference or length has. */
export const SHORT = 32;

export const RARE_REGEXP = 1;
export const RARE_BOXED = 2;
export const RARE_ARRAY_BUFFER = 3;
export const RARE_VIEW = 4;
export const RARE_SYMBOL_FOR = 5;
export const RARE_SYMBOL_WELL_KNOWN = 6;
export const RARE_SYMBOL_NAMED = 7;
export const RARE_INTRINSIC = 8;
export const RARE_ARGUMENTS = 9;
export const RARE_URL = 10;
export const RARE_URL_PARAMS = 11;
export const RARE_URL_PARAMS_OF = 12;
export const RARE_DOM_EXCEPTION = 13;
export const RARE_PROTOTYPE_OF = 14;
export const RARE_HOST = 20;
export const RARE_PART = 15;
export const RARE_INSTANCE_OF = 16;

// Flags of an extras block.
export const EXTRA_NOT_EXTENSIBLE = 1;
export const EXTRA_PROTOTYPE = 2;
export const EXTRA_PROPERTIES = 4;
export const EXTRA_SEALED = 8;
export const EXTRA_FROZEN = 16;
export const EXTRA_ALL = 31;

// Flags of one property in an extras block.
export const PROPERTY_WRITABLE = 1;
export const PROPERTY_ENUMERABLE = 2;
export const PROPERTY_CONFIGURABLE = 4;
export const PROPERTY_ACCESSOR = 8;
/** The engine's own `stack` accessor of an error; the value is what it gives. */
export const PROPERTY_STACK = 16;
/** A property that a fresh object of this kind has and this one has not. No value. */
export const PROPERTY_DELETED = 32;
export const PROPERTY_ALL = 63;

// Head of an array: flags in the two low bits.
export const ARRAY_EXTRAS = 1;
export const ARRAY_SPARSE = 2;

// Flags of an ArrayBuffer.
export const BUFFER_RESIZABLE = 1;
export const BUFFER_DETACHED = 2;

/** What the body of an object is; internal, not in the bytes. */
export const BODY_NONE = 0;
export const BODY_RECORD = 1;
export const BODY_OBJECT = 2;
export const BODY_ARRAY = 3;
export const BODY_MAP = 4;
export const BODY_SET = 5;
export const BODY_EXTRAS = 6;
export const BODY_CLOSURE = 7;
export const BODY_INSTANCE = 8;
export const BODY_USER = 9;
/** An instance of a host type. */
export const BODY_HOST = 20;
/** Entries of weak collections whose keys have been met. */
export const BODY_EPHEMERONS = 21;
/** An extras block on the `prototype` object of a closure, which exists only once the closure does. */
export const BODY_PROTOTYPE = 10;
/** A part of a closure as it was made, and one that was changed: an extras block. */
export const BODY_PART_AS_MADE = 11;
export const BODY_PART = 12;
/** An instance of a class that is a closure. */
export const BODY_INSTANCE_OF = 13;
