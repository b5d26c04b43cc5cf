import EventEmitter from 'node:events';

class Job extends EventEmitter {
  #progress = 0;
  steps: string[] = [];

  async run(): Promise<void> {
    for (const step of ['a', 'b', 'c']) {
      await null;
      this.#progress++;
      this.steps.push(step);
      this.emit('step', step, this.#progress);
    }
    this.emit('done');
  }
}

export default async function main() {
  const job = new Job();
  const log: unknown[] = [];
  job.on('step', (step, progress) => log.push([step, progress]));
  job.once('done', () => log.push('done'));
  const running = job.run();
  await null;
  await running;
  return [log, job.steps, job.listenerCount('done')];
}
