/** What packages write to functions and classes of a script that has no state: it could not be saved, so it is refused. */
import { expect, test } from 'vitest';
import { compileSource } from '../../src/compiler/index.ts';
import { loadRealm } from '../../src/runtime/realm.ts';
import { SnapshotError } from '../../src/snapshot/index.ts';

const later: ((target: any) => void)[] = [];
const PACKAGE = {
  tag: (target: any) => {
    target.tag = 'tagged';
  },
  look: (target: any) => target.name as string,
  register: (target: any) => void later.push(() => (target.prototype.added = () => 1)),
  flush: () => later.splice(0).forEach((run) => run(undefined)),
};

/** Runs the default export, and gives what a checkpoint then asks for. */
function stateAfter(declarations: string, body: string): () => unknown {
  const source = `import { tag, look, register, flush } from 'a-package';\n${declarations}\nexport default function main() { ${body} }`;
  const bundle = compileSource(source, '/scripts/script.ts');
  const realm = loadRealm(bundle, new Map([['a-package', PACKAGE]]));
  realm.entry();
  expect(bundle.state).toEqual([]);
  return () => realm.readState();
}

test('a function that a package has changed makes a checkpoint fail, and the error names the property', () => {
  const state = stateAfter(`function handler() {}`, `tag(handler);`);
  expect(state).toThrow(SnapshotError);
  expect(state).toThrow(/handler\.tag was changed by a package/);
});

test('a class that a package got while the module was evaluated, and has changed since', () => {
  const state = stateAfter(`class Model {} register(Model);`, `flush();`);
  expect(state).toThrow(/Model\.prototype\.added was changed by a package/);
});

test.each([
  ['only called', `function handler() {}`, `look(handler);`],
  ['a class that is changed before the script starts', `class Model {} register(Model); flush();`, ``],
  [
    'a function that is not handed out',
    `function handler() {} function other() {}`,
    `look(other); handler();`,
  ],
])('%s is no reason', (_, declarations, body) => {
  expect(stateAfter(declarations, body)()).toEqual([]);
});
