/** Temporal, where the runtime has it: values that never change, by the text or the numbers that make them. */
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import type { HostType } from '../snapshot-context.ts';

type Class = (new (...args: any[]) => object) & {
  readonly prototype: object;
  readonly from: (text: unknown) => object;
};
const classes = (globalThis as unknown as { Temporal?: Record<string, Class> }).Temporal;

/** Classes whose text says everything when the calendar is named. */
const BY_TEXT = ['PlainDate', 'PlainTime', 'PlainDateTime', 'PlainYearMonth', 'PlainMonthDay', 'Duration'];

function byText(Temporal: Record<string, Class>, name: string): HostType {
  const constructor = Temporal[name]!;
  const text = methodOf<[object], string>(constructor.prototype, 'toString');
  return {
    name: `Temporal.${name}`,
    prototype: constructor.prototype,
    is: (value) => succeeds(() => text(value, {})),
    parts: (value) => [text(value, { calendarName: 'always' })],
    make: ([given]) => constructor.from(given),
  };
}

/** Instants: the text of a time of long ago leaves out a part of its offset. */
function byNumber(Temporal: Record<string, Class>, name: string, ids: readonly string[]): HostType {
  const constructor = Temporal[name]!;
  const nanoseconds = getterOf<bigint>(constructor.prototype, 'epochNanoseconds');
  const others = ids.map((id) => getterOf<string>(constructor.prototype, id));
  return {
    name: `Temporal.${name}`,
    prototype: constructor.prototype,
    is: (value) => succeeds(() => nanoseconds(value)),
    parts: (value) => [nanoseconds(value), ...others.map((other) => other(value))],
    make: (parts) => new constructor(...parts),
  };
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

export const TEMPORAL_TYPES: readonly HostType[] =
  classes === undefined
    ? []
    : [
        ...BY_TEXT.map((name) => byText(classes, name)),
        byNumber(classes, 'Instant', []),
        byNumber(classes, 'ZonedDateTime', ['timeZoneId', 'calendarId']),
      ];
