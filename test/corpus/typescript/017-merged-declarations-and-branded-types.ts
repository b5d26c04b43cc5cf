import type { EventEmitter } from 'node:events';
import { type Stats, constants } from 'node:fs';

interface Settings {
  verbose: boolean;
}
interface Settings {
  retries: number;
}
declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };
type Cents = Branded<number, 'cents'>;
type Email = Branded<string, 'email'>;
const cents = (amount: number): Cents => Math.round(amount * 100) as Cents;
declare global {
  interface Array<T> {
    readonly __phantom?: T;
  }
}
declare function missing(): void;
declare namespace Ambient {
  const nothing: string;
}
interface Money {
  readonly amount: Cents;
}
class Money {
  static readonly zero: Money = Object.assign(Object.create(Money.prototype) as Money, { amount: cents(0) });
  plus(this: Money, other: Money): Money;
  plus(this: Money, other: Cents, ...more: Cents[]): Money;
  plus(this: Money, ...parts: (Money | Cents)[]): Money {
    const sum = parts.reduce<number>((total, part) => total + (part instanceof Money ? part.amount : part), this.amount);
    return Object.assign(Object.create(Money.prototype) as Money, { amount: sum as Cents });
  }
}
abstract class Sender<in out T extends Email | Cents = Email> {
  protected abstract send(to: T): Promise<boolean>;
  declare emitter?: EventEmitter;
  sent!: number;
  async all(...targets: readonly [T, ...T[]]): Promise<number> {
    this.sent = 0;
    for (const target of targets) if (await this.send(target)) this.sent++;
    return this.sent;
  }
}
class Fake extends Sender {
  protected override async send(to: Email): Promise<boolean> {
    await null;
    return to.includes('@');
  }
}
const defaults = { verbose: false, retries: 3 } satisfies Settings;
function pick<const K extends keyof Settings>(...keys: readonly K[]): Pick<Settings, K> {
  return Object.fromEntries(keys.map((key) => [key, defaults[key]])) as Pick<Settings, K>;
}
export default async function run(): Promise<unknown> {
  const stats: Stats | undefined = undefined;
  const money = Money.zero.plus(cents(1.25), cents(2)).plus(Money.zero.plus(cents(0.5)));
  await null;
  const sender: Sender = new Fake();
  const count = await sender.all('a@b' as Email, 'c' as Email, <Email>'d@e');
  return [money.amount, money instanceof Money, count, 'emitter' in sender, Object.keys(sender), pick('retries'), typeof missing, typeof constants.F_OK, stats];
}
