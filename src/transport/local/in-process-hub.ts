/**
 * Owns: the members of one process that share a hub name. Invariants:
 *
 * 1. A member id occurs once in a hub.
 * 2. Every member's routing table holds all subscriptions of all members; announcements take effect at once.
 */
import { TransportError } from '../transport-error.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { TO_INBOX, type Link, type Medium, type Member } from './link.ts';

interface HubMember {
  readonly member: Member;
  /** Through which everybody else sends to this member. */
  readonly link: Link;
  readonly deliveries: DeliveryQueue;
  readonly subscriptions: Map<number, { subject: string; queue: string | undefined }>;
}

const hubs = new Map<string, Map<string, HubMember>>();

/** A link within the process. */
export function memoryLink(peer: string, deliveries: DeliveryQueue): Link {
  return {
    peer,
    send: (subscription, subject, replyTo, headers, data) =>
      deliveries.push(subscription, subscription === TO_INBOX ? subject : '', replyTo, headers, data),
  };
}

/**
 * Joins the hub `name` of this process.
 * @throws TransportError WM6009 when the id is taken
 */
export function joinHub(name: string, member: Member, maxBufferedBytes: number): Medium {
  let hub = hubs.get(name);
  if (hub === undefined) hubs.set(name, (hub = new Map()));
  if (hub.has(member.id)) {
    throw new TransportError('idInUse', `"${member.id}" is already a member of the local hub "${name}"`, {
      fix: 'Give each transport of the process its own id, or leave the id out.',
    });
  }
  const members = hub;
  const deliveries = new DeliveryQueue(member, maxBufferedBytes);
  const self: HubMember = {
    member,
    link: memoryLink(member.id, deliveries),
    deliveries,
    subscriptions: new Map(),
  };
  for (const other of members.values()) {
    for (const [subscription, { subject, queue }] of other.subscriptions) {
      member.peerSubscribed(other.link, subscription, subject, queue);
    }
  }
  members.set(member.id, self);
  const others = (): HubMember[] => [...members.values()].filter((other) => other !== self);
  return {
    async announce(subscription, subject, queue) {
      self.subscriptions.set(subscription, { subject, queue });
      for (const other of others()) other.member.peerSubscribed(self.link, subscription, subject, queue);
    },
    async withdraw(subscription) {
      self.subscriptions.delete(subscription);
      for (const other of others()) other.member.peerUnsubscribed(self.link, subscription);
      await deliveries.drained();
    },
    linkTo: (peer) => members.get(peer)?.link,
    joining: () => undefined,
    async close() {
      members.delete(member.id);
      if (members.size === 0) hubs.delete(name);
      deliveries.close();
      for (const other of others()) other.member.peerLost(self.link);
    },
  };
}
