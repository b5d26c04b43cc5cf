/** WM4xxx: encoding and decoding of snapshots. */
import type { Explanation } from './explanation.ts';

const REPLICA = 'Put the data folder back from a copy, or purge the instance.';

export const SNAPSHOT_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM4001: {
    title: 'The bytes are no snapshot',
    why: 'What was read as a checkpoint does not begin like one: another file, or another program wrote there.',
    fix: `Check where the bytes come from. ${REPLICA}`,
  },
  WM4002: {
    title: 'The snapshot ends too early',
    why: 'Its beginning is right and its end is missing: a write or a transfer did not finish.',
    fix: REPLICA,
  },
  WM4003: {
    title: 'The snapshot was written by a newer Waymark',
    why: 'Snapshots are readable by the version that wrote them and by all later ones. This Waymark is older.',
    fix: 'Run the version that wrote it, or a newer one.',
  },
  WM4004: {
    title: 'The snapshot is damaged',
    why: 'Its checksum does not fit its bytes: the disk or the network has changed them. Nothing of it is used, and other instances are not affected.',
    fix: `Look after the disk. ${REPLICA}`,
  },
  WM4005: {
    title: 'The snapshot is malformed',
    why: 'The checksum fits, but the content is nothing that Waymark would write.',
    fix: REPLICA,
  },
  WM4006: {
    title: 'The snapshot belongs to other code',
    why: 'It names something (an import, a function, a symbol) that is not there: a package is missing or exports other things now, or the snapshot is restored with another bundle than its own.',
    fix: 'Install the packages in the versions that the instance was started with.',
  },
  WM4007: {
    title: 'A value that no snapshot can hold',
    why: 'A variable that is still needed holds something of the process: a socket, a stream, a server, a hash, an instance of a class of a package. The message has the path to it, from the variable on. A variable that is not used after the checkpoint does no harm.',
    fix: 'Keep what it was made from and make it again after the checkpoint; hold it at module level of a package; or teach checkpoints its class with serializable().',
    example: {
      wrong: `import { createHash } from 'node:crypto';
import { checkpoint } from 'waymark';

export default async function main() {
  const hash = createHash('sha256').update('first part');
  await checkpoint();
  return hash.update('second part').digest('hex');
}`,
      right: `import { createHash } from 'node:crypto';
import { checkpoint } from 'waymark';

export default async function main() {
  const parts = ['first part'];
  await checkpoint();
  parts.push('second part');
  return createHash('sha256').update(parts.join('')).digest('hex');
}`,
    },
  },
  WM4008: {
    title: 'A value needs itself to be made',
    why: 'write() of a class registered with serializable() gives data that leads back to the value itself, so that read() could not be called before it has returned.',
    fix: 'Leave the back reference out of what write() returns, and set it again in read().',
  },
  WM4009: {
    title: 'write() of a class threw',
    why: 'write() given to serializable() threw for this value. Its error is the cause.',
    fix: 'Correct write(): it must accept every value of the class.',
    example: {
      wrong: `import { Agent } from 'node:http';
import { checkpoint, serializable } from 'waymark';

serializable(Agent, {
  name: 'agent-that-throws',
  write: () => {
    throw new Error('no idea');
  },
  read: () => new Agent(),
});

export default async function main() {
  const agent = new Agent();
  await checkpoint();
  return agent.maxSockets;
}`,
      right: `import { Agent } from 'node:http';
import { checkpoint, serializable } from 'waymark';

serializable(Agent, {
  name: 'agent',
  write: ({ maxSockets }) => ({ maxSockets }),
  read: (options) => new Agent(options),
});

export default async function main() {
  const agent = new Agent();
  await checkpoint();
  return agent.maxSockets;
}`,
    },
  },
  WM4010: {
    title: 'read() of a class threw, or gave no object',
    why: 'read() given to serializable() could not make the value from the data that write() gave, perhaps long ago in an older version.',
    fix: 'Correct read(): it must accept whatever write() has ever given under this name.',
  },
  WM4011: {
    title: 'The snapshot names a class that is not registered',
    why: 'An instance of a class registered with serializable() was saved, and in this process nobody has registered that name yet.',
    fix: 'Call serializable(Class, { name, ... }) at module level, where every run of the script comes by, and keep the name.',
  },
  WM4012: {
    title: 'Too large for a snapshot',
    why: 'The state of the instance is larger than a checkpoint may be.',
    fix: 'Keep large data outside of the script (a file, a database) and hold only its name.',
  },
  WM4013: {
    title: 'Wrong use of encode or decode',
    why: 'The context given to the encoder is not usable. Scripts cannot cause this.',
    fix: 'This is a defect of the program that embeds Waymark: see the message.',
  },
};
