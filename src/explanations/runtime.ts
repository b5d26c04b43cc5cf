/** WM3xxx: what an instance, or the script in it, runs into. */
import type { Explanation } from './explanation.ts';

export const RUNTIME_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM3001: {
    title: 'A durable function was called while no instance was running',
    why: 'A function of a script was called while the module was loaded, or by native code (a server, an event emitter, a timer of a package) after the instance had ended. It belongs to no instance, so that nothing could save where it is.',
    fix: 'Call it from the default export, and end what calls it back before the script returns.',
    example: {
      wrong: `import { sleep } from 'waymark';

const ready = sleep('1s');

export default async function main() {
  await ready;
}`,
      right: `import { sleep } from 'waymark';

export default async function main() {
  await sleep('1s');
}`,
    },
  },
  WM3002: {
    title: 'The code was compiled for another version of Waymark',
    why: 'Compiled code and runtime agree on a frame ABI. This code, kept in the store for an instance in flight, has another one than this Waymark.',
    fix: 'Let the Waymark version that compiled it finish the instance, then go on with this one.',
  },
  WM3003: {
    title: 'A checkpoint could not be made',
    why: 'A value that is still needed cannot be saved, a branch waits for something native, or the store has refused. `cause` is the reason. The checkpoint before stands, `commit` has not run, and the script may catch the error and go on.',
    fix: 'See the cause: it names the variable or the line. Often it is enough to leave the value out of what is alive at the checkpoint.',
    example: {
      wrong: `import { createServer } from 'node:net';
import { checkpoint } from 'waymark';

export default async function main() {
  const server = createServer();
  await checkpoint();
  return server.listening;
}`,
      right: `import { createServer } from 'node:net';
import { checkpoint } from 'waymark';

export default async function main() {
  const { listening } = createServer();
  await checkpoint();
  return listening;
}`,
    },
  },
  WM3004: {
    title: 'A branch waits for something that no checkpoint can hold',
    why: 'At the moment of the checkpoint a branch of the script awaited a promise of native code (fetch, a database driver), or held one for later. After a restart nobody would settle it.',
    fix: 'Await native promises before the checkpoint, or start them after it. call(), sleep() and timers can be pending at a checkpoint.',
    example: {
      wrong: `import { readFile } from 'node:fs/promises';
import { checkpoint } from 'waymark';

async function lengthOf(path: string) {
  return (await readFile(path, 'utf8')).length;
}

export default async function main() {
  const reading = lengthOf('/etc/hosts');
  await checkpoint();
  return reading;
}`,
      right: `import { readFile } from 'node:fs/promises';
import { checkpoint } from 'waymark';

export default async function main() {
  const { length } = await readFile('/etc/hosts', 'utf8');
  await checkpoint();
  return length;
}`,
    },
  },
  WM3005: {
    title: 'A call had no answer, or failed',
    why: 'call() rejects with a CallError when nobody has answered after all tries, or when the answer is an error. `remote` has the code and the message of the answer; without an answer it is undefined.',
    fix: 'Catch it where the script can do something about it; allow more time or tries with { timeout, retries }. See that the service runs.',
    example: {
      wrong: `import { call } from 'waymark';

export default async () => call('nobody');`,
      right: `import { call, CallError } from 'waymark';

export default async function main() {
  try {
    return await call('nobody');
  } catch (error) {
    if (error instanceof CallError) return 'not available';
    throw error;
  }
}`,
    },
  },
  WM3006: {
    title: 'Not a duration',
    why: 'A time was given in a form that is not understood, or is negative.',
    fix: 'Give milliseconds as a number, or text such as "500ms", "30s", "5m", "2h", "7d", "1h30m".',
    example: {
      wrong: `import { sleep } from 'waymark';

export default async () => sleep('2 weeks');`,
      right: `import { sleep } from 'waymark';

export default async () => sleep('2w');`,
    },
  },
  WM3007: {
    title: 'Nothing can wake the instance any more',
    why: 'The script awaits a promise that nobody will settle: no operation is pending, and no other code of the script can run. Natively such a program would just end. `waymark/testing` reports it; a node keeps the instance.',
    fix: 'Look for a resolve() that is never called, or for an event that has been missed.',
    example: {
      wrong: `export default async function main() {
  await new Promise((resolve) => {
    if (Date.now() < 0) resolve('never');
  });
}`,
      right: `import { sleep } from 'waymark';

export default async function main() {
  await sleep('1s');
}`,
    },
  },
  WM3008: {
    title: 'There is nothing to send to',
    why: 'call() or publish() was used outside of a Waymark node, where scripts are ordinary functions: in a test, or under plain Node.js.',
    fix: 'Say what stands for the world: useVolatileWorld({ call: ... }); or test the script with testScript of waymark/testing.',
  },
  WM3009: {
    title: 'The script does not export a function',
    why: 'The default export is a value that cannot be called. The compiler cannot see this when the value is computed.',
    fix: 'Write `export default async function main(input) { ... }`.',
    example: {
      wrong: `export default { name: 'main' };`,
      right: `export default async () => ({ name: 'main' });`,
    },
  },
  WM3010: {
    title: 'A promise of another instance was awaited, and that instance is over',
    why: 'Instances of a script share what packages hold. One has put a promise there, another has awaited it, and the first has ended or was stopped.',
    fix: 'Share values between instances, not promises.',
  },
  WM3011: {
    title: 'Two classes have one name',
    why: 'serializable() was called with the same name for two classes. A checkpoint could not say which one is meant.',
    fix: 'Give each class a name of its own.',
    example: {
      wrong: `import { serializable } from 'waymark';
import { URLPattern } from 'node:url';
import { Agent } from 'node:http';

const plain = { write: () => null, read: () => Object.create(null) };
serializable(Agent, { name: 'example', ...plain });
serializable(URLPattern, { name: 'example', ...plain });

export default async () => 'done';`,
      right: `import { serializable } from 'waymark';
import { Agent } from 'node:http';

serializable(Agent, { name: 'agent', write: () => null, read: () => new Agent() });

export default async () => 'done';`,
    },
  },
  WM3901: {
    title: 'A test expected the script to fail',
    why: 'testScript was called with failing: true, and the script has completed. The message tells what it did.',
    fix: 'Leave out `failing`, or see why it did not fail.',
  },
  WM3902: {
    title: 'A crash of a test did not come',
    why: 'The script ended before the crash point: it made fewer checkpoints than in the run without a crash, or than the test says.',
    fix: 'If the checkpoints depend on chance or on the date, fix those with the options globals and startTime.',
  },
  WM3903: {
    title: 'A test captures everywhere and crashes',
    why: 'testScript got both capture and crashes. After a capture the commit of a checkpoint can no longer be followed.',
    fix: 'Test them one after the other.',
  },
  WM3904: {
    title: 'Not a time to start at',
    why: 'The option startTime of a test is no date.',
    fix: 'Give a Date, milliseconds since the epoch, or text such as "2030-01-31T12:00:00Z".',
  },
};
