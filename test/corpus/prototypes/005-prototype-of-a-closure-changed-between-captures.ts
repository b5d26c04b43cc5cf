export default async function main(): Promise<unknown> {
  const log: unknown[] = [];
  function Job(this: any, id: number) {
    this.id = id;
  }
  const Make = Job as any;
  const early = new Make(1);
  await null;
  Job.prototype.run = function (this: any) {
    return `run ${this.id}`;
  };
  await null;
  log.push(early.run());
  Object.defineProperty(Job.prototype, 'label', {
    get(this: any) {
      return `job-${this.id}`;
    },
    configurable: true,
  });
  await null;
  log.push(early.label, Object.keys(Job.prototype), 'label' in early);
  delete Job.prototype.run;
  await null;
  log.push(typeof early.run, early.label, Object.getOwnPropertyNames(Job.prototype));
  return log;
}
