/** Headers with a meaning in Waymark; documented in docs/reference/messages.md. */

/** Same for the same message however often it is sent; receivers drop duplicates by it. */
export const MESSAGE_ID = 'waymark-message-id';
/** `true` when the message may have been sent before (after a restore or a retry). */
export const POSSIBLE_REPEAT = 'waymark-possible-repeat';
/** Id given by a requester to a request; a repeated request with it gets the same instance. */
export const REQUEST_ID = 'waymark-request-id';
/** `true` on a reply that is followed by others (early acknowledgement, progress). */
export const INTERIM = 'waymark-interim';
/** On a reply: the error code, when the request failed; the body is JSON `{ code, message }`. */
export const ERROR = 'waymark-error';
