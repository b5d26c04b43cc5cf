import { describe, expect, it } from 'vitest';
import { roundTrip } from './round-trip.ts';

describe('errors', () => {
  it('keeps all native classes with message, stack and cause', () => {
    const cause = new RangeError('inner');
    const errors = [
      new Error('plain'),
      new Error(),
      new EvalError('e'),
      new RangeError('r', { cause }),
      new ReferenceError('r'),
      new SyntaxError('s'),
      new TypeError('t', { cause: undefined }),
      new URIError('u'),
      new AggregateError([cause, 'text'], 'several'),
      new SuppressedError(cause, new Error('suppressed'), 'both'),
    ];
    const back = roundTrip(errors);
    expect(back[3]!.cause).toBe((back[8] as AggregateError).errors[0]);
    expect(back[6]).toBeInstanceOf(TypeError);
    expect(back[0]!.stack).toBe(errors[0]!.stack);
  });

  it('keeps own properties and their attributes', () => {
    const error: any = Object.assign(new Error('m'), { code: 'E_CODE', detail: { a: 1 } });
    error.name = 'Custom';
    Object.defineProperty(error, 'hidden', { value: 1 });
    const bare = new Error('gone');
    delete bare.stack;
    const replaced = new Error('m');
    replaced.stack = 'my own stack';
    const data = new Error('m');
    Object.defineProperty(data, 'stack', {
      value: 'data',
      writable: false,
      enumerable: true,
      configurable: true,
    });
    const odd = new Error('m');
    Object.defineProperty(odd, 'stack', { enumerable: true });
    roundTrip([error, bare, replaced, data, odd, Object.freeze(new Error('frozen'))]);
  });

  it('keeps errors whose stack is not a string', () => {
    const error = new Error('m');
    (error as any).stack = { frames: [error] };
    roundTrip(error);
  });

  it('keeps the stack that captureStackTrace gave to an ordinary object', () => {
    const value: { a: number; stack?: string } = { a: 1 };
    Error.captureStackTrace(value);
    expect(roundTrip(value).stack).toBe(value.stack);
  });

  it('keeps errors with another prototype', () => {
    roundTrip([
      Object.setPrototypeOf(new Error('m'), null),
      Object.setPrototypeOf(new Error('m'), Object.prototype),
    ]);
    roundTrip(Object.setPrototypeOf(new TypeError('m'), { name: 'Mine' }));
  });

  it('keeps DOMExceptions', () => {
    const error = new DOMException('stopped', 'AbortError');
    const back = roundTrip([error, new DOMException('m', { name: 'X', cause: error }), new DOMException()]);
    expect((back[0] as DOMException).code).toBe(20);
    expect(back[0]).toBeInstanceOf(DOMException);
  });

  it('leaves the limit of stack traces alone', () => {
    const before = Error.stackTraceLimit;
    roundTrip(new Error('m'));
    expect(Error.stackTraceLimit).toBe(before);
  });
});
