/** Expressions, patterns and functions -> tokens. */
import type { Node } from '../ast.ts';
import { beginsWithBrace, hasCall, operandStrength, Strength, strengthOf } from './precedence.ts';
import { TokenWriter } from './token-writer.ts';

export abstract class ExpressionPrinter extends TokenWriter {
  /** In the head of a `for`, where `in` would end the initial expression. */
  protected inForHead = false;

  /** With its braces. */
  abstract block(statements: readonly Node[]): void;
  abstract classBody(members: readonly Node[]): void;

  /** `at least`: how strongly it must hold together where it stands. */
  expression(node: Node, least: number): void {
    const isIn = this.inForHead && node.type === 'BinaryExpression' && node['operator'] === 'in';
    if (strengthOf(node) >= least && !isIn) return this.#bare(node);
    this.token('(');
    this.#bare(node);
    this.token(')');
  }

  #bare(node: Node): void {
    if (node.loc && node.type !== 'Literal') this.map(node.loc.start);
    switch (node.type) {
      case 'Identifier':
        return this.token(node['name']);
      case 'PrivateIdentifier':
        return this.token(`#${node['name']}`);
      case 'Literal':
        return this.#literal(node);
      case 'ThisExpression':
        return this.token('this');
      case 'Super':
        return this.token('super');
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        this.expression(node['callee'], Strength.call);
        if (node['optional']) this.token('?.');
        this.#mapEnd(node['callee']);
        return this.#list('(', node['arguments'], ')');
      case 'NewExpression':
        this.token('new');
        this.expression(node['callee'], hasCall(node['callee']) ? Strength.primary : Strength.call);
        return this.#list('(', node['arguments'], ')');
      case 'BinaryExpression':
      case 'LogicalExpression': {
        const { left, right } = operandStrength(node);
        this.expression(node['left'], left);
        this.token(node['operator']);
        return this.expression(node['right'], right);
      }
      case 'AssignmentExpression':
        this.#target(node['left']);
        this.token(node['operator']);
        return this.expression(node['right'], Strength.assignment);
      case 'ConditionalExpression':
        this.expression(node['test'], Strength.conditional + 1);
        this.token('?');
        this.expression(node['consequent'], Strength.assignment);
        this.token(':');
        return this.expression(node['alternate'], Strength.assignment);
      case 'UnaryExpression':
        this.token(node['operator']);
        return this.expression(node['argument'], Strength.unary);
      case 'UpdateExpression':
        if (node['prefix']) this.token(node['operator']);
        this.expression(node['argument'], Strength.call);
        if (!node['prefix']) this.token(node['operator']);
        return;
      case 'AwaitExpression':
        this.token('await');
        return this.expression(node['argument'], Strength.unary);
      case 'YieldExpression':
        this.token(node['delegate'] ? 'yield*' : 'yield');
        if (node['argument']) this.expression(node['argument'], Strength.assignment);
        return;
      case 'SequenceExpression':
        return (node['expressions'] as Node[]).forEach((item, index) => {
          if (index > 0) this.token(',');
          this.expression(item, Strength.assignment);
        });
      case 'ArrayExpression':
      case 'ArrayPattern':
        return this.#list('[', node['elements'], ']');
      case 'ObjectExpression':
      case 'ObjectPattern':
        return this.#object(node);
      case 'SpreadElement':
        this.token('...');
        return this.expression(node['argument'], Strength.assignment);
      case 'RestElement':
        this.token('...');
        return this.#target(node['argument']);
      case 'AssignmentPattern':
        this.#target(node['left']);
        this.token('=');
        return this.expression(node['right'], Strength.assignment);
      case 'ChainExpression':
        return this.#bare(node['expression']);
      case 'ParenthesizedExpression':
        return this.expression(node['expression'], Strength.primary);
      case 'TemplateLiteral':
        return this.#template(node);
      case 'TaggedTemplateExpression':
        this.expression(node['tag'], Strength.call);
        return this.#template(node['quasi']);
      case 'ArrowFunctionExpression':
        return this.#arrow(node);
      case 'FunctionExpression':
        return this.functionLike(node);
      case 'ClassExpression':
        return this.classLike(node);
      case 'MetaProperty':
        return this.token(`${node['meta'].name}.${node['property'].name}`);
      case 'ImportExpression':
        this.token('import');
        return this.#list('(', [node['source'], ...(node['options'] ? [node['options']] : [])], ')');
      default:
        throw new TypeError(`Cannot print ${node.type}`);
    }
  }

  /** A pattern or a name that is declared, a key: no error is ever thrown at a name there. */
  protected name(node: Node): void {
    if (node.type === 'Identifier') this.token(node['name']);
    else this.expression(node, Strength.sequence);
  }

  /** An engine puts a call of anything but a name at its parenthesis. */
  #mapEnd(callee: Node): void {
    const isNamed =
      callee.type === 'Identifier' || (callee.type === 'MemberExpression' && !callee['computed']);
    if (!isNamed && callee.loc) this.map(callee.loc.end);
  }

  #target(node: Node): void {
    this.expression(node, Strength.call);
  }

  #list(open: string, items: readonly (Node | null)[], close: string): void {
    const outer = this.inForHead;
    this.inForHead = false;
    this.token(open);
    items.forEach((item, index) => {
      if (index > 0) this.token(',');
      if (item) this.expression(item, Strength.assignment);
      // A hole at the end needs a comma of its own.
      else if (index === items.length - 1) this.token(',');
    });
    this.token(close);
    this.inForHead = outer;
  }

  #member(node: Node): void {
    const { object, property } = node;
    this.expression(object, Strength.call);
    if (node['computed']) {
      this.token(node['optional'] ? '?.[' : '[');
      this.expression(property, Strength.sequence);
      this.token(']');
    } else {
      this.token(node['optional'] ? '?.' : '.');
      this.expression(property, Strength.primary);
    }
  }

  #literal(node: Node): void {
    const value: unknown = node['value'];
    if (node['regex']) return this.regExp(`/${node['regex'].pattern}/${node['regex'].flags}`);
    if (typeof node['bigint'] === 'string') return this.token(`${node['bigint']}n`);
    if (typeof value === 'string') return this.token(quoted(value));
    if (typeof value === 'number' && Object.is(value, -0)) return this.token('-0');
    if (value === Infinity) return this.token('1e999');
    this.token(String(value));
  }

  #template(node: Node): void {
    const { quasis, expressions } = node as unknown as { quasis: Node[]; expressions: Node[] };
    this.token('`');
    quasis.forEach((quasi, index) => {
      this.raw(quasi['value'].raw as string);
      if (index >= expressions.length) return;
      this.raw('${');
      this.expression(expressions[index]!, Strength.sequence);
      this.token('}');
    });
    this.raw('`');
  }

  #object(node: Node): void {
    this.token('{');
    (node['properties'] as Node[]).forEach((item, index) => {
      if (index > 0) this.token(',');
      if (item.type === 'Property') this.#property(item);
      else this.expression(item, Strength.assignment);
    });
    this.token('}');
  }

  #property(node: Node): void {
    const { key, value } = node;
    if (node['method'] || node['kind'] !== 'init') return this.method(node, value);
    if (isShort(node)) return this.expression(value, Strength.assignment);
    // `{ __proto__ }` and `{ __proto__: x }` mean different things.
    if (node['shorthand'] && key['name'] === '__proto__') this.token("['__proto__']");
    else this.key(node);
    this.token(':');
    this.expression(value, Strength.assignment);
  }

  /** The key of a property or member. */
  key(node: Node): void {
    const { key } = node;
    if (!node['computed']) return this.name(key);
    this.token('[');
    this.expression(key, Strength.assignment);
    this.token(']');
  }

  /** A method or accessor with the function `value`. */
  method(node: Node, value: Node): void {
    if (node.loc) this.map(node.loc.start);
    if (node['kind'] === 'get' || node['kind'] === 'set') this.token(node['kind']);
    if (value['async']) this.token('async');
    if (value['generator']) this.token('*');
    this.key(node);
    this.#list('(', value['params'], ')');
    this.block(value['body'].body);
  }

  functionLike(node: Node): void {
    this.token(`${node['async'] ? 'async ' : ''}function${node['generator'] ? '*' : ''}`);
    if (node['id']) this.name(node['id']);
    this.#list('(', node['params'], ')');
    this.block(node['body'].body);
  }

  #arrow(node: Node): void {
    if (node['async']) this.token('async');
    const { params, body } = node as unknown as { params: Node[]; body: Node };
    if (params.length === 1 && params[0]!.type === 'Identifier')
      this.expression(params[0]!, Strength.primary);
    else this.#list('(', params, ')');
    // With spaces: errors quote functions.
    this.raw(' => ');
    if (body.type === 'BlockStatement') this.block(body['body']);
    else this.expression(body, beginsWithBrace(body) ? Strength.primary + 1 : Strength.assignment);
  }

  classLike(node: Node): void {
    this.token('class');
    if (node['id']) this.name(node['id']);
    if (node['superClass']) {
      this.token('extends');
      this.expression(node['superClass'], Strength.call);
    }
    this.classBody(node['body'].body);
  }
}

/** `{ a }`, `{ a = 1 }`: key and variable have the same name. */
function isShort({ key, value, computed, shorthand }: Node): boolean {
  if (computed || key.type !== 'Identifier') return false;
  const named = value.type === 'AssignmentPattern' ? value.left : value;
  return named.type === 'Identifier' && named.name === key.name && (shorthand || key.name !== '__proto__');
}

const ESCAPED =
  /['\\\n\r\u2028\u2029\0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** In single quotes: double ones would double in the JSON that bundles are stored as. */
function quoted(text: string): string {
  return `'${text.replaceAll(ESCAPED, (character) => {
    switch (character) {
      case '\n':
        return String.raw`\n`;
      case '\r':
        return String.raw`\r`;
      case "'":
      case '\\':
        return `\\${character}`;
      default:
        return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }
  })}'`;
}
