/**
 * Frames between two processes, little endian. Every frame: u32 length of what follows, u8 kind, fields.
 *
 *     HELLO        u32 version, string id, string incarnation                       first frame of a connection
 *     SUBSCRIBE    u32 subscription, string subject, u8 has queue, string queue
 *     UNSUBSCRIBE  u32 subscription
 *     READY                                                                         all subscriptions have been told
 *     SYNC         u32 token                                                        asks for KNOWN
 *     KNOWN        u32 token                                                        everything up to that SYNC has been seen
 *     MESSAGE      u32 subscription (0: inbox), u16 subject length (0 unless inbox), u16 reply-to length, u16 headers length,
 *                  subject, reply-to, headers, body to the end of the frame
 *
 * A string is u16 length and UTF-8 bytes. Headers: u8 name length, name, u16 value length, value (UTF-8), repeated.
 */
export const FORMAT_VERSION = 1;

export const KIND = {
  hello: 1,
  subscribe: 2,
  unsubscribe: 3,
  ready: 4,
  sync: 5,
  known: 6,
  message: 7,
} as const;

/** Length field and kind. */
export const PREFIX_BYTES = 5;
/** Fixed part of MESSAGE after the prefix. */
export const MESSAGE_FIXED_BYTES = 10;
/** What a frame may have besides the body. */
export const MAX_ENVELOPE_BYTES = 65_536;
