/** WM5xxx: the store of checkpoints. */
import type { Explanation } from './explanation.ts';

export const STORE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM5001: {
    title: 'The store is closed',
    why: 'Something was to be written or read after the store had been closed.',
    fix: 'Stop the node before its store.',
  },
  WM5002: {
    title: 'The data folder is in use',
    why: 'One process at a time may write to a data folder, and another one does: the message has its pid.',
    fix: 'Stop the other process, or give this one a data folder of its own with --data.',
  },
  WM5003: {
    title: 'The data folder is damaged',
    why: 'Files are missing or hold other bytes than were written: the disk is failing, or a part of the folder was deleted or copied while it was in use.',
    fix: 'Put the whole folder back from a copy, or move it away to start with nothing in flight.',
  },
  WM5004: {
    title: 'The data folder was written by a newer Waymark',
    why: 'Its format is newer than this version knows.',
    fix: 'Run the version that wrote it, or a newer one.',
  },
  WM5005: {
    title: 'The data folder belongs to another program',
    why: 'There is an SQLite database in it that is none of Waymark.',
    fix: 'Give Waymark a folder of its own.',
  },
  WM5006: {
    title: 'The disk is full',
    why: 'The store has no room for a checkpoint. checkpoint() rejects with a CheckpointError, instances go on, and nothing that was acknowledged is lost.',
    fix: 'Make room; the store takes writes again by itself.',
  },
  WM5007: {
    title: 'A write could not be made durable',
    why: 'The disk has reported an error. What is on it can no longer be known from inside this process, so the store takes nothing more.',
    fix: 'Check the disk and the system log, then start again: what was acknowledged is read back from the disk.',
  },
  WM5008: {
    title: 'A write that makes no sense',
    why: 'A checkpoint was to be replaced by an older one, or an instance to end twice. The store has refused it.',
    fix: 'This is a defect of Waymark or of the program that embeds it; the state on disk is as before.',
  },
  WM5009: {
    title: 'The data folder cannot be opened',
    why: 'It cannot be created, read or written.',
    fix: 'Check that it is on a local disk with room, and that this user may read and write it.',
  },
  WM5010: {
    title: "The store's thread has ended",
    why: 'It ran out of memory, or was ended from outside.',
    fix: 'Start again: what was acknowledged is read back from the disk. If memory ran out, give the process more.',
  },
};
