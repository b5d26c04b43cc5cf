import { Engine, decorate, install, plain } from './_lib/048-plugins.ts';
import * as plugins from './_lib/048-plugins.ts';

class Local {
  static ready = false;
}

export default async function run() {
  const engine = new Engine();
  const before = 'boost' in engine;
  install(Engine, 'boost', function () {
    return (this.power *= 2);
  });
  await null;
  const boosted = (engine as any).boost();
  const keys = decorate({ engine: Engine, local: Local, plain });
  await null;
  const alias: any = plugins.Engine;
  alias.viaNamespace = [boosted];
  await null;
  install(Local, 'start', Engine.prototype.start);
  await null;
  const local: any = new Local();
  return [
    before,
    boosted,
    engine.start(),
    keys,
    { ...Engine },
    { ...Local },
    { ...plain },
    typeof local.start,
    local.start === engine.start,
    Object.keys(plugins),
  ];
}
