/** Statements. Each is lowered into a list; without suspension points the list is the statement as written. */
import type { Node } from '../ast.ts';
import {
  block,
  evaluate,
  identifier,
  labelled,
  raise,
  suspend,
  type Expression,
  type Statement,
} from './builders.ts';
import { classDeclaration } from './class.ts';
import { madeClassDeclaration } from './class-at-run-time.ts';
import { enterScope, usingDeclarations, variableDeclaration } from './declarations.ts';
import { convert } from './expression.ts';
import type { FunctionLowering } from './function-lowering.ts';
import { jump } from './jumps.ts';
import { lowerLoop } from './loops.ts';
import { lower } from './suspending-expression.ts';
import { lowerSwitch } from './switch.ts';
import { lowerTry, withDisposal } from './try.ts';

/** The statements of a function body, with what its entry has to set up. */
export function functionBody(f: FunctionLowering, body: Node): Statement[] {
  return blockStatements(f, body, body['body']);
}

/** The statements of a block: what its entry sets up, then the statements. */
export function blockStatements(f: FunctionLowering, scope: Node, body: readonly Node[]): Statement[] {
  const out: Statement[] = [];
  enterScope(f, scope, body, out);
  if (usingDeclarations(f, body) === 'lowered') return withDisposal(f, body, out);
  for (const statement of body) lowerStatement(f, statement, out);
  return out;
}

/** Lowers `node`, part of a larger statement, to one statement. */
export function single(f: FunctionLowering, node: Node): Statement {
  const out: Statement[] = [];
  lowerStatement(f, node, out);
  return out.length === 1 && out[0]!.type !== 'VariableDeclaration' ? out[0]! : block(out);
}

/** An expression as operand of a statement: suspension points go to `out`. */
export function operand(f: FunctionLowering, node: Node, out: Statement[], hint = ''): Expression {
  return f.suspends(node) ? lower(f, node, out, hint) : convert(f, node, hint);
}

export function lowerStatement(
  f: FunctionLowering,
  node: Node,
  out: Statement[],
  labels: readonly string[] = [],
): void {
  switch (node.type) {
    case 'ExpressionStatement': {
      const value = f.suspends(node)
        ? lower(f, node['expression'], out, '', true)
        : convert(f, node['expression']);
      if (!f.suspends(node) || !isIdle(value)) out.push(evaluate(value, node));
      return;
    }
    case 'VariableDeclaration':
      variableDeclaration(f, node, out);
      return;
    case 'FunctionDeclaration':
      return; // made at the entry of its block
    case 'ClassDeclaration':
      if (f.out.analysis.classOf.get(node)!.maker) madeClassDeclaration(f, node, out);
      else out.push(classDeclaration(f, node));
      return;
    case 'ReturnStatement': {
      let value = node['argument'] ? operand(f, node['argument'], out) : null;
      if (value && f.fn.isAsync && f.fn.isGenerator) {
        const awaited = f.temporary();
        out.push(suspend(value, awaited, node));
        value = identifier(awaited);
      }
      out.push(...jump(f, { type: 'return' }, value, node));
      return;
    }
    case 'ThrowStatement':
      out.push(raise(operand(f, node['argument'], out), node));
      return;
    case 'IfStatement': {
      const test = operand(f, node['test'], out);
      const consequent = block([single(f, node['consequent'])]);
      out.push({
        ...node,
        test,
        consequent: unwrap(consequent),
        alternate: node['alternate'] && unwrap(block([single(f, node['alternate'])])),
      });
      return;
    }
    case 'BlockStatement':
      out.push({ ...node, body: blockStatements(f, node, node['body']) });
      return;
    case 'LabeledStatement':
      lowerLabeled(f, node, out, labels);
      return;
    case 'BreakStatement':
    case 'ContinueStatement': {
      const type = node.type === 'BreakStatement' ? 'break' : 'continue';
      out.push(...jump(f, { type, label: node['label']?.name ?? null }, null, node));
      return;
    }
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      lowerLoop(f, node, out, node['$labels'] ?? labels);
      return;
    case 'SwitchStatement':
      lowerSwitch(f, node, out, labels);
      return;
    case 'TryStatement':
      lowerTry(f, node, out);
      return;
    case 'EmptyStatement':
    case 'DebuggerStatement':
      out.push({ ...node });
      return;
    default:
      throw new Error(`Unknown statement ${node.type}`);
  }
}

/** A result that nobody uses and that does nothing. */
function isIdle(value: Expression): boolean {
  if (value.type === 'Identifier') return true;
  return (
    value.type === 'UnaryExpression' && value['operator'] === 'void' && value['argument'].type === 'Literal'
  );
}

function unwrap(node: Statement): Statement {
  return node['body'].length === 1 && node['body'][0].type === 'BlockStatement' ? node['body'][0] : node;
}

function lowerLabeled(f: FunctionLowering, node: Node, out: Statement[], labels: readonly string[]): void {
  const label: string = node['label'].name;
  const body = node['body'] as Node;
  const isLabelTarget = body.type === 'LabeledStatement' || /^(For|While|DoWhile|Switch)/.test(body.type);
  if (isLabelTarget) {
    lowerStatement(f, body, out, [...labels, label]);
    return;
  }
  const all = [...labels, label];
  for (const name of all) f.jumps.push({ type: 'label', label: name });
  const lowered = single(f, body);
  f.jumps.length -= all.length;
  out.push(withLabels(all, lowered));
}

/** `body` under the labels that the author gave it. */
export function withLabels(labels: readonly string[], body: Statement): Statement {
  return labels.reduceRight((inner, label) => labelled(label, inner), body);
}
