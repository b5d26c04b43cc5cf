/** Statements and classes -> tokens, one statement a line. */
import type { Node } from '../ast.ts';
import { beginsLikeStatement, Strength } from './precedence.ts';
import { ExpressionPrinter } from './print-expression.ts';

export class Printer extends ExpressionPrinter {
  statements(list: readonly Node[]): void {
    for (const statement of list) {
      this.newLine();
      this.statement(statement);
    }
  }

  override block(statements: readonly Node[]): void {
    const outer = this.inForHead;
    this.inForHead = false;
    this.token('{');
    this.statements(statements);
    this.closeBrace();
    this.inForHead = outer;
  }

  statement(node: Node): void {
    if (node.loc) this.map(node.loc.start);
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#expressionStatement(node);
      case 'BlockStatement':
        return this.block(node['body']);
      case 'VariableDeclaration':
        this.#variables(node);
        return this.endStatement();
      case 'FunctionDeclaration':
        return this.functionLike(node);
      case 'ClassDeclaration':
        return this.classLike(node);
      case 'ReturnStatement':
      case 'ThrowStatement':
        this.token(node.type === 'ReturnStatement' ? 'return' : 'throw');
        if (node['argument']) this.expression(node['argument'], Strength.sequence);
        return this.endStatement();
      case 'IfStatement':
        return this.#if(node);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#for(node);
      case 'WhileStatement':
        this.#head('while', node['test']);
        return this.#body(node['body']);
      case 'DoWhileStatement':
        this.token('do');
        this.#body(node['body']);
        this.#head('while', node['test']);
        return this.endStatement();
      case 'SwitchStatement':
        return this.#switch(node);
      case 'TryStatement':
        return this.#try(node);
      case 'LabeledStatement':
        this.token(node['label'].name);
        this.token(':');
        return this.#body(node['body']);
      case 'BreakStatement':
      case 'ContinueStatement':
        this.token(node.type === 'BreakStatement' ? 'break' : 'continue');
        if (node['label']) this.token(node['label'].name);
        return this.endStatement();
      case 'EmptyStatement':
        return this.semicolon();
      case 'DebuggerStatement':
        this.token('debugger');
        return this.endStatement();
      default:
        throw new TypeError(`Cannot print ${node.type}`);
    }
  }

  #expressionStatement(node: Node): void {
    const { expression } = node;
    if (typeof node['directive'] === 'string') this.token(expression.raw);
    else {
      // A string alone would be a directive.
      const isText = expression.type === 'Literal' && typeof expression.value === 'string';
      this.expression(
        expression,
        isText || beginsLikeStatement(expression) ? Strength.primary + 1 : Strength.sequence,
      );
    }
    this.endStatement();
  }

  #variables(node: Node): void {
    this.token(node['kind']);
    (node['declarations'] as Node[]).forEach(({ id, init }, index) => {
      if (index > 0) this.token(',');
      this.name(id);
      if (!init) return;
      this.token('=');
      this.expression(init, Strength.assignment);
    });
  }

  #head(keyword: string, test: Node): void {
    this.token(keyword);
    this.token('(');
    this.expression(test, Strength.sequence);
    this.token(')');
  }

  /** A statement that belongs to a head. */
  #body(node: Node): void {
    const only =
      node.type === 'BlockStatement' && node['body'].length === 1 ? (node['body'][0] as Node) : node;
    if (node.type === 'EmptyStatement') this.semicolon();
    else this.statement(SIMPLE.test(only.type) ? only : node);
  }

  #if(node: Node): void {
    const { consequent, alternate } = node;
    this.#head('if', node['test']);
    // An `if` inside would take the `else`.
    if (alternate && (NESTING.test(consequent.type) || consequent.type === 'LabeledStatement'))
      this.block([consequent]);
    else this.#body(consequent);
    if (!alternate) return;
    this.token('else');
    this.#body(alternate);
  }

  #for(node: Node): void {
    this.token(node['await'] ? 'for await' : 'for');
    this.token('(');
    this.inForHead = true;
    const first = (node.type === 'ForStatement' ? node['init'] : node['left']) as Node | null;
    if (first?.type === 'VariableDeclaration') this.#variables(first);
    else if (first) {
      // `for (let ...` and `for (async of` would be read in another way.
      const isWord = first.type === 'Identifier' && /^(async|let)$/.test(first['name']);
      this.expression(first, isWord ? Strength.primary + 1 : Strength.sequence);
    }
    this.inForHead = false;
    if (node.type === 'ForStatement') {
      this.semicolon();
      if (node['test']) this.expression(node['test'], Strength.sequence);
      this.semicolon();
      if (node['update']) this.expression(node['update'], Strength.sequence);
    } else {
      const isOf = node.type === 'ForOfStatement';
      this.token(isOf ? 'of' : 'in');
      this.expression(node['right'], isOf ? Strength.assignment : Strength.sequence);
    }
    this.token(')');
    this.#body(node['body']);
  }

  #switch(node: Node): void {
    this.#head('switch', node['discriminant']);
    this.token('{');
    for (const { test, consequent } of node['cases'] as Node[]) {
      this.newLine();
      if (test) {
        this.token('case');
        this.expression(test, Strength.sequence);
      } else this.token('default');
      this.token(':');
      for (const statement of consequent as Node[]) this.statement(statement);
    }
    this.closeBrace();
  }

  #try({ block, handler, finalizer }: Node): void {
    this.token('try');
    this.block(block.body);
    if (handler) {
      this.token('catch');
      if (handler.param) {
        this.token('(');
        this.expression(handler.param, Strength.primary);
        this.token(')');
      }
      this.block(handler.body.body);
    }
    if (finalizer) {
      this.token('finally');
      this.block(finalizer.body);
    }
  }

  override classBody(members: readonly Node[]): void {
    this.token('{');
    for (const member of members) {
      this.newLine();
      if (member.type === 'StaticBlock') {
        this.token('static');
        this.block(member['body']);
        continue;
      }
      if (member['static']) this.token('static');
      if (member.type === 'MethodDefinition') {
        this.method(member, member['value']);
        continue;
      }
      this.key(member);
      if (member['value']) {
        this.token('=');
        this.expression(member['value'], Strength.assignment);
      }
      this.endStatement();
    }
    this.closeBrace();
  }
}

/** Needs no braces. */
const SIMPLE = /^(Expression|Return|Throw|Break|Continue)Statement$/;

const NESTING = /^(If|For|ForIn|ForOf|While)Statement$/;
