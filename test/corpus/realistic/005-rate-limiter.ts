class Clock {
  now = 0;
  #waiting: { at: number; wake: () => void }[] = [];
  sleep(ms: number) {
    return new Promise<void>((wake) => this.#waiting.push({ at: this.now + ms, wake }));
  }
  async advance(ms: number) {
    const end = this.now + ms;
    for (;;) {
      this.#waiting.sort((a, b) => a.at - b.at);
      const next = this.#waiting[0];
      if (!next || next.at > end) break;
      this.#waiting.shift();
      this.now = next.at;
      next.wake();
      for (let i = 0; i < 4; i++) await null;
    }
    this.now = end;
  }
}
class TokenBucket {
  #tokens: number;
  #filledAt = 0;
  constructor(private clock: Clock, private size: number, private perToken: number) { this.#tokens = size; }
  async take() {
    for (;;) {
      const gained = Math.floor((this.clock.now - this.#filledAt) / this.perToken);
      this.#tokens = Math.min(this.size, this.#tokens + gained);
      this.#filledAt += gained * this.perToken;
      if (this.#tokens > 0) return this.#tokens--;
      await this.clock.sleep(this.perToken - (this.clock.now - this.#filledAt));
    }
  }
}
export default async function main() {
  const clock = new Clock();
  const bucket = new TokenBucket(clock, 2, 10);
  const log: string[] = [];
  const caller = async (name: string) => {
    for (let i = 0; i < 2; i++) {
      await bucket.take();
      log.push(`${name}${i} at ${clock.now}`);
    }
  };
  const all = Promise.all([caller('a'), caller('b'), caller('c')]);
  await clock.advance(100);
  await all;
  return log;
}
