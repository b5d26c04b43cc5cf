/** Exception classes that the job files name, and what an artifact's property `fail` says about when they are thrown. */
import type { ArtifactRegistry } from '../../../../src/batch/artifacts/artifact-registry.ts';
import {
  FileNotFoundException,
  IOException,
  RuntimeException,
} from '../../../../src/batch/artifacts/exception-classes.ts';

export class OrderException extends Error {}
export class BadOrderException extends OrderException {}
export class TransientException extends OrderException {}
/** Of a call that has had no effect: it can be repeated in place. */
export class BusyException extends TransientException {}
export class FatalException extends Error {}
/** Extends nothing of ours; the table of parents says that it is an OrderException. */
export class LegacyException extends Error {}

const CLASSES = {
  OrderException,
  BadOrderException,
  TransientException,
  BusyException,
  FatalException,
  LegacyException,
  IOException,
  FileNotFoundException,
  RuntimeException,
  TypeError,
};

export function registerExceptions(registry: ArtifactRegistry): void {
  for (const one of [OrderException, BadOrderException, TransientException, BusyException, FatalException])
    registry.addException(`com.example.batch.${one.name}`, one);
  registry.addException('com.example.batch.LegacyException', LegacyException, OrderException);
}

/** `7:BadOrderException,9:BusyException*2,3:OrderException@2`: at 7 once, at 9 twice, at 3 when it comes by for the second time. 3 may be an event too. */
export class FailurePlan {
  readonly #left = new Map<string, { readonly name: keyof typeof CLASSES; times: number; wait: number }>();

  constructor(text = '') {
    for (const [, at, name, times = '1', nth = '1'] of text.matchAll(/(\w+):(\w+)(?:\*(\d+))?(?:@(\d+))?/g)) {
      if (!Object.hasOwn(CLASSES, name!)) throw new Error(`no exception class ${name}`);
      this.#left.set(at!, {
        name: name as keyof typeof CLASSES,
        times: Number(times),
        wait: Number(nth) - 1,
      });
    }
  }

  /** @throws the exception that is planned here, as often as it is planned */
  pass(at: string | number): void {
    const planned = this.#left.get(String(at));
    if (planned === undefined || planned.wait-- > 0 || planned.times === 0) return;
    planned.times--;
    throw new CLASSES[planned.name](`${planned.name} at ${at}`);
  }
}
