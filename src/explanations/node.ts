/** WM7xxx: what a node reports, or answers to a request. */
import type { Explanation } from './explanation.ts';

export const NODE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM7001: {
    title: 'The script has failed',
    why: 'It has thrown an error that it did not catch; the answer carries its name and message. If it had made a checkpoint, that is kept, and the instance is listed as failed.',
    fix: 'The log of the node has the place. Correct the cause, then retry the instance from its checkpoint or purge it: waymark instances list --status failed.',
    example: {
      wrong: `export default async function main() {
  throw new RangeError('out of stock');
}`,
      right: `export default async () => ({ status: 'out of stock' });`,
    },
  },
  WM7002: {
    title: 'Too many instances are in flight',
    why: 'The node has as many as it may (--max-in-flight) and does not start another one. Nothing was done.',
    fix: 'Send the request again later, add nodes, or raise the limit.',
  },
  WM7003: {
    title: 'The node stops',
    why: 'It finishes what it has and starts nothing new. Nothing was done.',
    fix: 'Send the request again: another node takes it, or this one when it is back.',
  },
  WM7004: {
    title: 'The result is no JSON',
    why: 'The script returned something that JSON cannot hold: a BigInt, a cycle. It has done its work, only the answer cannot be sent.',
    fix: 'Return data: text for a BigInt, an array for a Map, no cycles.',
    example: {
      wrong: `export default async () => ({ total: 10n ** 20n });`,
      right: `export default async () => ({ total: String(10n ** 20n) });`,
    },
  },
  WM7005: {
    title: 'The script cannot be compiled',
    why: 'A script of the folder is refused by the compiler and not served; others are. If an older version was served it still is.',
    fix: 'waymark check shows what is wrong.',
  },
  WM7006: {
    title: 'The name of the script is no subject',
    why: 'A script is served under its file name, which must be made of letters, digits, - and _, with single dots between.',
    fix: 'Rename it. A module that is only imported begins with _ or lies in a subfolder.',
  },
  WM7007: {
    title: 'Two scripts have one name',
    why: 'Two files of the folder differ only in their ending, so that both would be served under the same subject.',
    fix: 'Rename one of the two.',
  },
  WM7008: {
    title: 'The code of an instance is missing',
    why: 'An instance goes on with exactly the code that it started with, which the store keeps. It is not there, or is damaged.',
    fix: 'Put the data folder back from a copy, or purge the instances of this code.',
  },
  WM7009: {
    title: 'The code of an instance cannot be loaded',
    why: 'The code is there, but a package that it imports is missing or throws, or its module level throws.',
    fix: 'Install the packages that the script imports in the folder of the scripts, and see what its module level does. Then retry the instances.',
  },
  WM7010: {
    title: 'A checkpoint cannot be restored',
    why: 'Its bytes are damaged, or something that it names is not there any more. The instance is quarantined: listed as failed, with its checkpoint kept. Others are not affected.',
    fix: 'See the cause; when it is gone, retry the instance. Else purge it.',
  },
  WM7011: {
    title: 'The instance of this request is quarantined',
    why: 'The request was made before, and the checkpoint of its instance could not be restored here.',
    fix: 'See why with waymark instances show, then retry or purge it.',
  },
  WM7012: {
    title: 'The folder of scripts cannot be read',
    why: 'It does not exist any more, or this user may not read it. What was loaded before is still served.',
    fix: 'Create the folder, or correct its name or permissions.',
  },
  WM7013: {
    title: 'The store could not be asked',
    why: 'Whether this request was made before could not be looked up, so nothing was started.',
    fix: 'Send it again with the same request id. If it stays so, see to the data folder.',
  },
  WM7014: {
    title: 'There is no such script',
    why: 'A request came for a script that this node does not serve: it was removed or refused since.',
    fix: 'Correct the subject, or put the script back and see with waymark check that it compiles.',
  },
  WM7015: {
    title: 'The node that has the instance is away',
    why: 'The request was made before, and its instance belongs to a node that cannot be reached now. To start it a second time elsewhere would do its work twice.',
    fix: 'Send it again with the same request id when that node is back; it goes on with the instance by itself.',
  },
  WM7016: {
    title: 'The node to be taken over does not count as dead',
    why: 'With --take-over, nodes hold leases. The node still holds its own, or has claimed its instances again meanwhile, or the node that was asked does not hold its own lease. To take over now could make both run the same instances.',
    fix: 'Make sure that the process has ended, wait until its lease has run out (the time of --take-over), and ask again.',
  },
  WM7017: {
    title: 'The two nodes of a pair do not understand each other',
    why: 'They run versions of Waymark whose replication protocols have no version in common. Each goes on alone: checkpoints are on one disk only.',
    fix: 'Update the node with the older version; they catch up by themselves.',
  },
  WM7018: {
    title: 'The node to be taken over has acknowledged what its copies lack',
    why: 'With --take-over. The node went on alone, because its peer was away or slow, and died before they were in step again. What it has acknowledged meanwhile is on its own disk only. A take-over would go on from older copies: that work would be done again, and given up where the node has it.',
    fix: 'Start the node again on its disk; nothing is lost then. Only if its disk is lost: waymark nodes failover NODE --accept-rollback.',
  },
  WM7030: {
    title: 'The address for HTTP cannot be used',
    why: 'The node was told to show its metrics at an address (--http) that another process listens on, or that this machine does not have.',
    fix: 'Stop what listens there, or name another address. Port 0 takes any that is free; the banner says which.',
  },
  WM7040: {
    title: 'The request to start a job cannot be read',
    why: 'A node that serves jobs starts them for requests to job.<name>: a JSON object with parameters (an object of texts), identity (true, or a list of names of parameters) and wait (true: reply at the end), all optional. The same code is in the reply when a start fails for a reason that has no code.',
    fix: 'Send JSON such as {"parameters":{"day":"Monday"},"identity":["day"]}.',
  },
};
