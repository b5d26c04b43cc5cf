/**
 * Writes docs/reference/errors.md from the sources: every `WMnnnn` code with what it says and what to do.
 *
 * A code is found where it is a string literal or an object key. Its messages are taken from the calls and objects that it
 * stands in; parts that are known at run time only are shown as ‹name›. What it means is in src/explanations.
 *
 *     npm run docs:errors
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { type Example, EXPLANATIONS } from '../src/explanations/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/reference/errors.md');

const CODE = /^WM\d{4}$/;
/** Modules that explain codes and do not raise them. */
const EXPLAINING = /^explanations\/|^compiler\/diagnostics\/examples\.ts$/;
const CHAPTERS: Readonly<Record<string, string>> = {
  1: 'Compiler: the script is refused',
  2: 'Compiler: the script is refused (continued)',
  3: 'Runtime',
  4: 'Snapshot',
  5: 'Store',
  6: 'Transport',
  7: 'Node',
  8: 'Command line',
  9: 'Batch',
};
const TEXT_KEYS = ['message', 'text', 'summary', 'what'];

type AstNode = { type: string; [key: string]: unknown };
interface Entry {
  readonly code: string;
  readonly text: string | undefined;
  readonly fix: string | undefined;
  /** From a catalogue only: a heading, and the reason. */
  readonly title?: string | undefined;
  readonly why?: string | undefined;
  readonly file: string;
}

/** Names that stand for codes in one folder of src (`timeout: 'WM6002'` in a table of codes). */
type Kinds = Map<string, string>;

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string';

/** What is put in place of an expression: its last name. */
function placeholder(node: AstNode): string {
  if (node.type === 'Identifier') return `‹${String(node.name)}›`;
  if (node.type === 'MemberExpression' && !node.computed) return placeholder(node.property as AstNode);
  if (node.type === 'CallExpression' && Array.isArray(node.arguments)) {
    const [first] = node.arguments as AstNode[];
    if (first && ['Identifier', 'MemberExpression'].includes(first.type)) return placeholder(first);
  }
  return '‹…›';
}

/** A text as far as it can be read from the source; undefined when the node is no text. */
function textOf(node: AstNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'ArrowFunctionExpression') return textOf(node.body as AstNode);
  if (node.type === 'TemplateLiteral') {
    const expressions = node.expressions as AstNode[];
    return (node.quasis as { value: { cooked: string } }[])
      .map((quasi, index) => {
        const expression = expressions[index];
        return quasi.value.cooked + (expression ? (textOf(expression) ?? placeholder(expression)) : '');
      })
      .join('');
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = node.left as AstNode;
    const right = node.right as AstNode;
    const texts = [textOf(left), textOf(right)];
    if (texts.every((text) => text === undefined)) return undefined;
    return (texts[0] ?? placeholder(left)) + (texts[1] ?? placeholder(right));
  }
  if (node.type === 'ConditionalExpression') {
    const texts = [textOf(node.consequent as AstNode), textOf(node.alternate as AstNode)];
    const known = texts.filter((text) => text !== undefined && text !== '');
    return known.length === 0 ? undefined : known.join(' / ');
  }
  return undefined;
}

function property(object: AstNode | undefined, names: readonly string[]): AstNode | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  for (const name of names) {
    for (const entry of object.properties as AstNode[]) {
      const key = entry.key as AstNode | undefined;
      if (key && (key.name === name || key.value === name)) return entry.value as AstNode;
    }
  }
  return undefined;
}

const fromObject = (object: AstNode): Pick<Entry, 'text' | 'fix' | 'title' | 'why'> => ({
  text: textOf(property(object, TEXT_KEYS)),
  fix: textOf(property(object, ['fix'])),
  title: textOf(property(object, ['title'])),
  why: textOf(property(object, ['why'])),
});

function fromCall(args: readonly AstNode[], code: AstNode): Pick<Entry, 'text' | 'fix'> {
  const others = args.slice(args.indexOf(code) + 1);
  const texts = others.map(textOf).filter((text) => text !== undefined);
  const object = others.find((arg) => arg.type === 'ObjectExpression');
  return {
    text: texts[0] ?? textOf(property(object, TEXT_KEYS)),
    fix: textOf(property(object, ['fix'])) ?? texts[1],
  };
}

const isCode = (node: AstNode | undefined): boolean =>
  node?.type === 'Literal' && typeof node.value === 'string' && CODE.test(node.value);

function walk(
  node: AstNode,
  visit: (node: AstNode, parents: readonly AstNode[]) => void,
  parents: AstNode[] = [],
): void {
  visit(node, parents);
  parents.push(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, parents);
    }
  }
  parents.pop();
}

/** `'timeout'` and `Codes.timeout` both say timeout. */
function kindName(node: AstNode): string {
  if (node.type === 'Literal') return String(node.value);
  return node.type === 'MemberExpression' && !node.computed ? String((node.property as AstNode).name) : '';
}

/** Tables of codes: their names, and what the comment above an entry says. */
function collectKinds(file: string, source: string, program: AstNode, kinds: Kinds): Entry[] {
  const entries: Entry[] = [];
  walk(program, (node) => {
    if (node.type !== 'ObjectExpression') return;
    const properties = node.properties as AstNode[];
    if (properties.length < 2 || !properties.every((entry) => isCode(entry.value as AstNode | undefined)))
      return;
    let end = Number(node.start) + 1;
    for (const entry of properties) {
      const key = entry.key as AstNode;
      const code = String((entry.value as AstNode).value);
      const comment = /\/\*\*(.*?)\*\//s.exec(source.slice(end, Number(entry.start)))?.[1];
      const title = comment
        ?.replaceAll(/\n\s*\*/g, ' ')
        .trim()
        .replace(/\.$/, '');
      kinds.set(String(key.name ?? key.value), code);
      entries.push({ code, file, text: undefined, fix: undefined, title });
      end = Number(entry.end);
    }
  });
  return entries;
}

function entriesOf(file: string, source: string, program: AstNode, kinds: Kinds): Entry[] {
  const entries: Entry[] = [];
  walk(program, (node, parents) => {
    const parent = parents.at(-1);
    const key = node.type === 'Property' ? (node.key as AstNode) : undefined;
    const keyName = String(key?.name ?? key?.value);
    if (key && !node.computed && CODE.test(keyName)) {
      const value = node.value as AstNode;
      const found =
        value.type === 'ObjectExpression' ? fromObject(value) : { text: textOf(value), fix: undefined };
      entries.push({ code: keyName, file, ...found });
    } else if (
      isCode(node) &&
      parent?.type !== 'TSLiteralType' &&
      !(parent?.type === 'Property' && parent.key === node)
    ) {
      const args = parent && (parent.arguments as AstNode[] | undefined);
      const object = parent?.type === 'Property' ? parents.at(-2) : undefined;
      const found = args
        ? fromCall(args, node)
        : object
          ? fromObject(object)
          : { text: undefined, fix: undefined };
      entries.push({ code: String(node.value), file, ...found });
    } else if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      const args = node.arguments as AstNode[];
      const kind = args.find((arg) => kinds.has(kindName(arg)));
      const callee = source.slice(Number(node.start), Number((node.callee as AstNode).end));
      // A word such as 'closed' stands for a code only where an error is made.
      if (kind === undefined || !(kind.type === 'MemberExpression' || /error|fail|refus/i.test(callee)))
        return;
      entries.push({ code: kinds.get(kindName(kind)) ?? '', file, ...fromCall(args, kind) });
    }
  });
  return entries;
}

/** Every use of a code in `src`, in the order of the codes. */
export function errorEntries(): readonly Entry[] {
  const modules = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !EXPLAINING.test(path))
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .toSorted()
    .map((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const program = parseSync(file, source).program as unknown as AstNode;
      return { file, source, program, folder: file.split('/')[1] ?? '' };
    });
  const kindsOf = new Map<string, Kinds>(modules.map(({ folder }) => [folder, new Map()]));
  const tables = modules.flatMap(({ file, source, program, folder }) =>
    collectKinds(file, source, program, kindsOf.get(folder) ?? new Map()),
  );
  const uses = modules.flatMap(({ file, source, program, folder }) =>
    entriesOf(file, source, program, kindsOf.get(folder) ?? new Map()),
  );
  return [...tables, ...uses].toSorted((a, b) => (a.code === b.code ? 0 : a.code < b.code ? -1 : 1));
}

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined && value.trim() !== '') as string[]),
];

/** Text in Markdown: a line break of the message becomes a space, nothing in it is taken for markup. */
const inline = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([*_<>[\]|])/g, '\\$1')
    .trim();

/** An example: its modules, what is wrong, what is right. */
function exampleText({ files = {}, wrong, right }: Example): string[] {
  const block = (code: string): string[] => ['', '```ts', code, '```'];
  return [
    ...Object.entries(files).flatMap(([name, code]) => block(`// ${name}\n${code}`)),
    '',
    'Wrong:',
    ...block(wrong),
    '',
    'Right:',
    ...block(right),
  ];
}

/** The whole page. */
export function errorPage(): string {
  const entries = errorEntries();
  const lines = [
    '# Errors',
    '',
    'Every error that Waymark raises has a stable code. `waymark explain WM1024` prints what is said here.',
    'Parts of messages in ‹angle quotes› are filled in at run time.',
    '',
    'This page is written from the sources by `npm run docs:errors`; a test runs the examples.',
  ];
  let chapter = '';
  for (const code of unique(entries.map((entry) => entry.code))) {
    const digit = code.charAt(2);
    if (digit !== chapter) {
      chapter = digit;
      lines.push('', `## ${CHAPTERS[digit] ?? `Codes WM${digit}xxx`}`);
    }
    const explanation = EXPLANATIONS.get(code);
    const uses = entries.filter((entry) => entry.code === code);
    const told = uses.filter((entry) => entry.text !== undefined);
    lines.push('', `### ${code}`);
    if (explanation) lines.push('', `**${inline(explanation.title)}.** ${inline(explanation.why)}`);
    lines.push('', ...unique(told.map((entry) => entry.text)).map((text) => `- Says: ${inline(text)}`));
    if (explanation) lines.push(`- What to do: ${inline(explanation.fix)}`);
    const places = unique((told.length > 0 ? told : uses).map((entry) => entry.file));
    lines.push(`- Source: ${places.map((place) => `[${place}](../../${place})`).join(', ')}`);
    if (explanation?.example) lines.push(...exampleText(explanation.example));
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, errorPage());
  process.stdout.write(
    `docs/reference/errors.md: ${unique(errorEntries().map((entry) => entry.code)).length} codes\n`,
  );
}
