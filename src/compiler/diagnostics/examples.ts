/** A wrong and a right script for each diagnostic. A test compiles all of them. */
import type { DiagnosticCode } from './catalogue.ts';

export interface DiagnosticExample {
  readonly wrong: string;
  readonly right: string;
  /** Modules that both import, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

const TAX = { 'tax.ts': 'export const tax = (net: number): number => net * 0.2;' };

export const EXAMPLES: Readonly<Record<Exclude<DiagnosticCode, 'WM1000'>, DiagnosticExample>> = {
  WM1001: {
    wrong: `export default async function main(input: { total: number }) {
  return input.total +;
}`,
    right: `export default async function main(input: { total: number }) {
  return input.total + 1;
}`,
  },
  WM1002: {
    files: TAX,
    wrong: `import { tax } from './taxes.ts';

export default async (net: number) => net + tax(net);`,
    right: `import { tax } from './tax.ts';

export default async (net: number) => net + tax(net);`,
  },
  WM1003: {
    files: TAX,
    wrong: `import { vat } from './tax.ts';

export default async (net: number) => net + vat(net);`,
    right: `import { tax } from './tax.ts';

export default async (net: number) => net + tax(net);`,
  },
  WM1004: {
    wrong: `export async function main() {
  return 'done';
}`,
    right: `export default async function main() {
  return 'done';
}`,
  },
  WM1005: {
    wrong: `import { capitalize } from 'no-such-package';

export default async (name: string) => capitalize(name);`,
    right: `import { inspect } from 'node:util';

export default async (name: string) => inspect(name);`,
  },
  WM1006: {
    wrong: `import { checkPoint } from 'waymark';

export default async () => checkPoint();`,
    right: `import { checkpoint } from 'waymark';

export default async () => checkpoint();`,
  },
  WM1013: {
    wrong: `import { readFile } from 'node:fs/promises';

const greeting = await readFile('greeting.txt', 'utf8');

export default async (name: string) => \`\${greeting} \${name}\`;`,
    right: `import { readFile } from 'node:fs/promises';

export default async function main(name: string) {
  const greeting = await readFile('greeting.txt', 'utf8');
  return \`\${greeting} \${name}\`;
}`,
  },
  WM1021: {
    wrong: `function sealed(value: Function) {
  Object.seal(value.prototype);
}

@sealed
class Invoice {}

export default async () => new Invoice();`,
    right: `class Invoice {}
Object.seal(Invoice.prototype);

export default async () => new Invoice();`,
  },
  WM1022: {
    wrong: `class Invoice {
  accessor total = 0;
}

export default async () => new Invoice().total;`,
    right: `class Invoice {
  #total = 0;

  get total() {
    return this.#total;
  }
}

export default async () => new Invoice().total;`,
  },
  WM1023: {
    wrong: `class Base {}

class Invoice extends Base {
  constructor() {
    const init = async () => super();
    void init();
  }
}

export default async () => new Invoice();`,
    right: `class Base {}

class Invoice extends Base {
  constructor() {
    super();
  }
}

export default async () => new Invoice();`,
  },
  WM1024: {
    wrong: `export default async (formula: string) => eval(formula);`,
    right: `import { runInNewContext } from 'node:vm';

export default async (formula: string) => runInNewContext(formula);`,
  },
  WM1025: {
    files: TAX,
    wrong: `export default async function main(net: number) {
  const { tax } = await import('./tax.ts');
  return net + tax(net);
}`,
    right: `import { tax } from './tax.ts';

export default async (net: number) => net + tax(net);`,
  },
  WM1026: {
    files: {
      'page.tsx': 'export const page = () => <p>done</p>;',
      'page.ts': "export const page = () => '<p>done</p>';",
    },
    wrong: `import { page } from './page.tsx';

export default async () => page();`,
    right: `import { page } from './page.ts';

export default async () => page();`,
  },
  WM1030: {
    wrong: `async function load() {
  return { rate: 0.2 };
}
const config = load();

export default async () => (await config).rate;`,
    right: `async function load() {
  return { rate: 0.2 };
}

export default async () => (await load()).rate;`,
  },
  WM1031: {
    wrong: `export default async function* main(input: { pages: number }) {
  for (let page = 0; page < input.pages; page++) yield page;
}`,
    right: `async function* pages(count: number) {
  for (let page = 0; page < count; page++) yield page;
}

export default async function main(input: { pages: number }) {
  return Array.fromAsync(pages(input.pages));
}`,
  },
  WM1028: {
    files: {
      'counter.ts': `export let count = 0;
export const increment = (): number => ++count;`,
    },
    wrong: `import { count } from './counter.ts';

export default async function main() {
  count++;
  return count;
}`,
    right: `import { increment } from './counter.ts';

export default async () => increment();`,
  },
  WM1029: {
    wrong: `const counters: (() => number)[] = [];
for (let count = 0; count < 3; count++) counters.push(() => ++count);

export default async () => counters[0]!();`,
    right: `const counts = [0, 1, 2];
const counters = counts.map((_, index) => () => ++counts[index]!);

export default async () => counters[0]!();`,
  },
};
