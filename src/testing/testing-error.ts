import { WaymarkError } from '../waymark-error.ts';

/** Mistakes in a test of a script. `{name}` is replaced. */
const TESTING_ERRORS = {
  completed: {
    code: 'WM3901',
    message: 'The script was expected to fail, and it completed:\n{story}',
    fix: 'Leave out `failing`, or see why it did not fail.',
  },
  crashNotReached: {
    code: 'WM3902',
    message: 'The script ended without a crash {point}:\n{story}',
    fix: 'It made fewer checkpoints than that crash needs. If they depend on chance or on the date, fix those with `globals` and `startTime`.',
  },
  captureWithCrashes: {
    code: 'WM3903',
    message: '`capture` and `crashes` were given together.',
    fix: 'Test them one after the other: a crash captures and restores by itself.',
  },
  notATime: {
    code: 'WM3904',
    message: 'Not a time to start at: {time}.',
    fix: 'Give a Date, milliseconds since the epoch, or text such as "2030-01-31T12:00:00Z".',
  },
} as const;

export function testingError(
  kind: keyof typeof TESTING_ERRORS,
  values: Readonly<Record<string, string>> = {},
): WaymarkError {
  const { code, message, fix } = TESTING_ERRORS[kind];
  const text = message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return new WaymarkError(code, text, { fix });
}
