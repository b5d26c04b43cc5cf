/** Classes of the platform: what comes back, what is refused and why. What they do afterwards is in the corpus. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import { closure, CONSTANT, context, COUNTER, Box } from './test-context.ts';

const roundTrip = <T>(value: T): T => decode(Uint8Array.from(encode(value, context)), context) as T;

function refusal(value: unknown): SnapshotError {
  try {
    encode({ held: value }, context);
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return error as SnapshotError;
  }
  throw new Error('was not refused');
}

describe('Intl', () => {
  it('makes formatters again from their options', () => {
    const [date, number, collator] = roundTrip([
      new Intl.DateTimeFormat('ja-JP', { year: 'numeric', month: 'long', timeZone: 'UTC' }),
      new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }),
      new Intl.Collator('sv', { numeric: true }),
    ] as const);
    expect(date.format(1e12)).toBe('2001年9月');
    expect(number.format(1.5).replace(/\s/, ' ')).toBe('1,50 €');
    expect(['z', 'ä', '10', '9'].sort(collator.compare)).toEqual(['9', '10', 'z', 'ä']);
  });

  it('refuses a formatter that its options do not make again', () => {
    // Skeletons that the pattern generator answers with another pattern than the one that it was asked for.
    const odd: readonly [string, Intl.DateTimeFormatOptions][] = [
      ['en-GB', { timeZone: 'UTC', weekday: 'short', month: 'narrow', second: 'numeric' }],
      ['pl', { timeZone: 'UTC', year: '2-digit', day: '2-digit', minute: '2-digit', second: '2-digit' }],
      ['de', { timeZone: 'UTC', weekday: 'long', year: 'numeric', hour: 'numeric', second: '2-digit' }],
      ['de', { timeZone: 'UTC', era: 'short', day: '2-digit', hour: '2-digit', second: '2-digit' }],
    ];
    let refused = 0;
    for (const [locale, options] of odd) {
      const format = new Intl.DateTimeFormat(locale, options);
      try {
        expect(roundTrip(format).formatToParts(1e12)).toEqual(format.formatToParts(1e12));
      } catch (error) {
        expect((error as SnapshotError).message).toContain('that its resolved options do not make again');
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});

describe('web types', () => {
  it('keeps order, repeated names and own properties', () => {
    const headers = Object.assign(
      new Headers([
        ['b', '1'],
        ['set-cookie', 'x'],
        ['set-cookie', 'y'],
      ]),
      { note: [1] },
    );
    const form = new FormData();
    form.append('z', '1');
    form.append('a', '2');
    form.append('z', '3');
    const back = roundTrip({ headers, form, again: headers });
    expect([...back.headers]).toEqual([...headers]);
    expect(back.headers.note).toEqual([1]);
    expect(back.again).toBe(back.headers);
    expect([...back.form]).toEqual([
      ['z', '1'],
      ['a', '2'],
      ['z', '3'],
    ]);
  });

  it('refuses Headers that cannot be changed', () => {
    expect(refusal(Response.redirect('http://host/').headers).message).toContain(
      'a Headers object that cannot be changed',
    );
  });

  it('refuses a FormData with a file, and says which', () => {
    const form = new FormData();
    form.append('photo', new Blob(['x']));
    expect(refusal(form).message).toContain('a FormData with a file ("photo")');
  });

  it('refuses a TextDecoder in the middle of a stream, and leaves it as it is', () => {
    const decoder = new TextDecoder();
    decoder.decode(Uint8Array.of(0xe2, 0x82), { stream: true });
    expect(refusal(decoder).message).toContain('may be in the middle of a stream');
    expect(decoder.decode(Uint8Array.of(0xac))).toBe('€');
    expect(roundTrip(decoder).decode(Uint8Array.of(0xe2, 0x82, 0xac))).toBe('€');
  });

  it('names what to do for classes that cannot be saved', () => {
    expect(refusal(new Blob(['a'])).fix).toContain('blob.bytes()');
    expect(refusal(new Response('a')).fix).toContain('status');
    expect(refusal(new ReadableStream()).fix).toContain('Read it to its end');
    expect(refusal(new Event('x')).fix).toContain('its type');
    expect(refusal(new MessageChannel().port1).fix).toContain('nothing of it outlives the process');
  });
});

describe('AbortSignal', () => {
  it('is a native one again, with its controller and its listeners', () => {
    const controller = new AbortController();
    const counter = closure(COUNTER, new Box(0));
    controller.signal.addEventListener('abort', counter, { once: true });
    controller.signal.onabort = counter;
    const back = roundTrip({ signal: controller.signal, counter, controller });
    expect(back.controller.signal).toBe(back.signal);
    back.controller.abort('because');
    expect(back.signal.reason).toBe('because');
    expect(back.counter()).toBe(3);
    expect(back.signal.onabort).toBe(back.counter);
    expect(counter()).toBe(1);
  });

  it('leaves out listeners of native code: what they would stop is not restored', () => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => expect.unreachable());
    roundTrip(controller).abort();
  });

  it('keeps a reason that leads back to the signal', () => {
    const controller = new AbortController();
    const reason = { signal: controller.signal };
    controller.abort(reason);
    const back = roundTrip(controller);
    expect((back.signal.reason as typeof reason).signal).toBe(back.signal);
  });

  it('follows its sources again, also through another one', () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const any = AbortSignal.any([one.signal, AbortSignal.any([two.signal])]);
    const back = roundTrip({ any, two, one });
    back.two.abort(2);
    expect([back.any.aborted, back.any.reason, back.one.signal.aborted, any.aborted]).toEqual([
      true,
      2,
      false,
      false,
    ]);
  });

  it('refuses a native timeout, and a listener that another signal removes', () => {
    expect(refusal(AbortSignal.timeout(1e6)).message).toContain(
      'AbortSignal.timeout() called by native code',
    );
    const controller = new AbortController();
    const target = new EventTarget();
    target.addEventListener('x', closure(CONSTANT, 1), { signal: controller.signal });
    expect(refusal(controller).path).toBe('.held (content of AbortController)');
    expect(refusal(controller).fix).toContain('removeEventListener');
  });
});

describe('EventTarget and EventEmitter', () => {
  it('keeps listeners with their options in order', () => {
    const log = new Box(0);
    const target = new EventTarget();
    target.addEventListener('x', closure(COUNTER, log), { once: true });
    target.addEventListener('x', closure(COUNTER, log));
    const back = roundTrip({ target, log });
    back.target.dispatchEvent(new Event('x'));
    back.target.dispatchEvent(new Event('x'));
    expect([back.log.v, log.v]).toEqual([3, 0]);
  });

  it('refuses a listener that belongs to no script', () => {
    const target = new EventTarget();
    target.addEventListener('x', function stranger() {});
    expect(refusal(target).message).toContain('.held (content of EventTarget) is the function stranger');
  });

  it('refuses an emitter of a class that is not registered', () => {
    class Special extends EventEmitter {}
    expect(refusal(new Special()).message).toContain('an instance of Special');
  });
});

describe('errors of Node', () => {
  it('have the prototype that Node gives them', () => {
    let error: any;
    try {
      Buffer.alloc('x' as never);
    } catch (caught) {
      error = caught;
    }
    const back = roundTrip(error);
    expect([String(back), back.code, back.stack, back instanceof TypeError, Object.keys(back)]).toEqual([
      String(error),
      error.code,
      error.stack,
      true,
      Object.keys(error),
    ]);
  });
});
