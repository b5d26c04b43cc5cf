/** Targets are built once each, as soon as what they need is there; a cycle and a missing target are reported with their path. */
type Rule = { needs: string[]; make(inputs: string[]): Promise<string> };
export default async function main() {
  const log: string[] = [];
  const rules: Record<string, Rule> = {};
  const rule = (name: string, ...needs: string[]) => {
    rules[name] = {
      needs,
      async make(inputs) {
        log.push(`make ${name}`);
        for (const _ of inputs) await null;
        return `${name}(${inputs.join(',')})`;
      },
    };
  };
  rule('src');
  rule('types', 'src');
  rule('lib', 'src', 'types');
  rule('docs', 'types');
  rule('app', 'lib', 'docs', 'lib');
  rule('egg', 'hen');
  rule('hen', 'egg');
  rule('odd', 'nothing');
  const built = new Map<string, Promise<string>>();
  const make = async (name: string, path: readonly string[]): Promise<string> => {
    const found = rules[name];
    if (!found) throw new Error(`no rule: ${path.join(' > ')}`);
    const inputs: string[] = [];
    for (const need of found.needs) inputs.push(await build(need, path));
    return found.make(inputs);
  };
  const build = async (name: string, from: readonly string[] = []): Promise<string> => {
    const path = [...from, name];
    if (from.includes(name)) throw new Error(`cycle: ${path.join(' > ')}`);
    let made = built.get(name);
    if (!made) built.set(name, (made = make(name, path)));
    return made;
  };
  const app = await build('app');
  const failures: string[] = [];
  for (const name of ['odd', 'egg']) failures.push(await build(name).catch((error: Error) => error.message));
  return { app, log, failures, built: [...built.keys()] };
}
