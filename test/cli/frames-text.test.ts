import pc from 'picocolors';
import { expect, test } from 'vitest';
import { framesText, valueText } from '../../src/cli/frames-text.ts';

const plain = { colors: pc.createColors(false), directory: '/srv/app' };
const frame = (name: string, line: number, variables: Record<string, unknown> = {}) => ({
  function: name,
  file: '/srv/app/scripts/payment.ts',
  line,
  column: 4,
  variables: Object.entries(variables).map(([key, value]) => ({ name: key, value })),
  awaiting: 'call bank.maple',
});

test('a stack reads like a stack trace, with variables below each frame', () => {
  expect(framesText([[frame('settle', 14, { amount: 12 }), frame('payment', 40)]], plain)).toBe(
    [
      'waiting for call bank.maple',
      '  at settle (scripts/payment.ts:14:5)',
      '       amount = 12',
      '  at payment (scripts/payment.ts:40:5)',
    ].join('\n'),
  );
});

test('branches are numbered when there are several', () => {
  const text = framesText([[frame('a', 1)], [frame('b', 2)]], plain);
  expect(text).toContain('branch 1 of 2, waiting for');
  expect(text).toContain('branch 2 of 2, waiting for');
});

test('values are cut, and nothing of theirs is run', () => {
  let ran = false;
  const sly = {
    get bait() {
      ran = true;
      return 1;
    },
    [Symbol.for('nodejs.util.inspect.custom')]: () => (ran = true),
  };
  expect(valueText(sly)).toContain('bait: [Getter]');
  expect(ran).toBe(false);
  expect(valueText('x'.repeat(1000))).toHaveLength(200);
});
