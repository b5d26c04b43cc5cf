/**
 * Owns: who subscribes to what, over all members. Invariants:
 *
 * 1. A subscription is in the table once, under its (link, number).
 * 2. A subject with no subscription left has no entry.
 * 3. Members of a queue group take turns; a member whose link refuses is passed over in that turn.
 */
import type { Headers } from '../transport.ts';
import type { Link } from './link.ts';

interface Target {
  readonly link: Link;
  readonly subscription: number;
}

interface QueueGroup {
  readonly members: Target[];
  next: number;
}

interface Route {
  readonly plain: Target[];
  readonly groups: Map<string, QueueGroup>;
}

interface Place {
  readonly subject: string;
  readonly queue: string | undefined;
}

/** How a message fared: receivers known and, of those that should have got it, the links that refused. */
export interface Dispatch {
  readonly taken: number;
  readonly refused: readonly Link[];
}

const NOBODY: Dispatch = { taken: 0, refused: [] };
const NO_LINKS: readonly Link[] = [];
const ONE: Dispatch = { taken: 1, refused: NO_LINKS };

export class RoutingTable {
  readonly #routes = new Map<string, Route>();
  readonly #places = new Map<Link, Map<number, Place>>();

  add(link: Link, subscription: number, subject: string, queue: string | undefined): void {
    let places = this.#places.get(link);
    if (places === undefined) this.#places.set(link, (places = new Map()));
    if (places.has(subscription)) this.remove(link, subscription);
    places.set(subscription, { subject, queue });
    let route = this.#routes.get(subject);
    if (route === undefined) this.#routes.set(subject, (route = { plain: [], groups: new Map() }));
    const target: Target = { link, subscription };
    if (queue === undefined) {
      route.plain.push(target);
      return;
    }
    const group = route.groups.get(queue);
    if (group === undefined) route.groups.set(queue, { members: [target], next: 0 });
    else group.members.push(target);
  }

  remove(link: Link, subscription: number): void {
    const places = this.#places.get(link);
    const place = places?.get(subscription);
    if (places === undefined || place === undefined) return;
    places.delete(subscription);
    if (places.size === 0) this.#places.delete(link);
    const route = this.#routes.get(place.subject)!;
    const isIt = (target: Target): boolean => target.link === link && target.subscription === subscription;
    if (place.queue === undefined) {
      route.plain.splice(route.plain.findIndex(isIt), 1);
    } else {
      const group = route.groups.get(place.queue)!;
      group.members.splice(group.members.findIndex(isIt), 1);
      if (group.members.length === 0) route.groups.delete(place.queue);
    }
    if (route.plain.length === 0 && route.groups.size === 0) this.#routes.delete(place.subject);
  }

  removeLink(link: Link): void {
    const places = this.#places.get(link);
    if (places === undefined) return;
    for (const subscription of places.keys()) this.remove(link, subscription);
  }

  has(subject: string): boolean {
    return this.#routes.has(subject);
  }

  /** Sends to every plain subscriber and to one member of each queue group. */
  dispatch(subject: string, replyTo: string | undefined, headers: Headers, data: Uint8Array): Dispatch {
    const route = this.#routes.get(subject);
    if (route === undefined) return NOBODY;
    let taken = 0;
    let refused: Link[] | undefined;
    for (const { link, subscription } of route.plain) {
      if (link.send(subscription, subject, replyTo, headers, data)) taken++;
      else (refused ??= []).push(link);
    }
    for (const group of route.groups.values()) {
      const refusal = sendToOne(group, subject, replyTo, headers, data);
      if (refusal === undefined) taken++;
      else (refused ??= []).push(refusal);
    }
    return taken === 1 && refused === undefined ? ONE : { taken, refused: refused ?? NO_LINKS };
  }
}

/** Undefined when a member took it, else the link whose turn it was. */
function sendToOne(
  group: QueueGroup,
  subject: string,
  replyTo: string | undefined,
  headers: Headers,
  data: Uint8Array,
): Link | undefined {
  const { members } = group;
  const count = members.length;
  const first = group.next % count;
  for (let tried = 0; tried < count; tried++) {
    const turn = (first + tried) % count;
    const { link, subscription } = members[turn]!;
    if (link.send(subscription, subject, replyTo, headers, data)) {
      group.next = turn + 1;
      return undefined;
    }
  }
  group.next = first + 1;
  return members[first]!.link;
}
