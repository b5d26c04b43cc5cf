class Config {
  debug = false;
  #secret = 's';
  get secret() {
    return this.#secret;
  }
}

export default async function main(): Promise<unknown> {
  let reads = 0;
  const config: any = new Config();
  Object.defineProperty(config, 'debug', { get: () => ++reads > 1, configurable: true, enumerable: true });
  Object.defineProperty(config, 'hidden', { value: 1 });
  await null;
  const first = config.debug;
  await null;
  Object.defineProperty(config, 'debug', { value: 'fixed', writable: false });
  await null;
  delete config.hidden2;
  return [
    first,
    config.debug,
    reads,
    config.secret,
    Object.getOwnPropertyDescriptor(config, 'debug'),
    Object.getOwnPropertyDescriptor(config, 'hidden'),
    Object.keys(config),
  ];
}
