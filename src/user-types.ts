/** Classes that authors and libraries have made known with `serializable`. One registry per process. */
import { WaymarkError } from './waymark-error.ts';

export interface SerializableOptions<T extends object, D> {
  /** Stays the same as long as checkpoints with it exist. */
  readonly name: string;
  /** Plain data that stands for `value`. */
  write(value: T): D;
  /** The value again, from that data. */
  read(data: D): T;
}

interface Registered {
  readonly name: string;
  readonly prototype: object;
  write(value: object): unknown;
  read(data: unknown): object;
}

const byPrototype = new Map<object, Registered>();
const byName = new Map<string, Registered>();

/**
 * Lets checkpoints hold instances of a class that is not declared in a durable module.
 *
 * @throws WaymarkError WM3011 if the name is taken by another class.
 */
export function serializable<T extends object, D>(
  Class: abstract new (...args: any[]) => T,
  options: SerializableOptions<T, D>,
): void {
  const { name } = options;
  const known = byName.get(name);
  if (known && known.prototype !== Class.prototype && known.prototype.constructor.name !== Class.name) {
    throw new WaymarkError(
      'WM3011',
      `Two classes are registered as serializable under the name ${JSON.stringify(name)}.`,
      {
        fix: 'Give each class a name of its own.',
      },
    );
  }
  const registered: Registered = {
    name,
    prototype: Class.prototype as object,
    write: (value) => options.write(value as T),
    read: (data) => options.read(data as D),
  };
  byName.set(name, registered);
  byPrototype.set(registered.prototype, registered);
}

export function userTypeOf(prototype: object): Registered | undefined {
  return byPrototype.get(prototype);
}

export function userTypeNamed(name: string): Registered | undefined {
  return byName.get(name);
}
