/** Substitution, values and checks of a job definition: everything that is found out before anything runs. */
import { describe, expect, test } from 'vitest';
import { ArtifactRegistry, job, parseJobXml } from '../../src/batch/index.ts';
import { JobStartError } from '../../src/batch/batch-error.ts';
import { resolveJob } from '../../src/batch/definition/resolve-job.ts';
import type { ResolvedStep } from '../../src/batch/definition/resolved-job.ts';
import {
  substitute,
  SubstitutionError,
  type SubstitutionSources,
} from '../../src/batch/definition/substitution.ts';
import { matchesGlob } from '../../src/batch/engine/flow/transitions.ts';
import { ExceptionClasses } from '../../src/batch/artifacts/exception-classes.ts';

describe('substitution', () => {
  const sources: SubstitutionSources = {
    jobParameters: { day: 'Monday', empty: '', 'a.b': 'dotted' },
    jobProperties: { dir: '/data' },
    systemProperties: { 'file.separator': '/' },
    partitionPlan: undefined,
  };

  test.each([
    ['plain text', 'plain text'],
    ["#{jobParameters['day']}", 'Monday'],
    [
      "#{jobProperties['dir']}#{systemProperties['file.separator']}#{jobParameters['a.b']}.csv",
      '/data/dotted.csv',
    ],
    ["#{ jobParameters [ 'day' ] }", 'Monday'],
    ["[#{jobParameters['none']}]", '[]'],
    ["#{jobParameters['none']}?:default;", 'default'],
    ["#{jobParameters['day']}?:default;", 'Monday'],
    ["#{jobParameters['empty']}?:default;", 'default'],
    ["#{jobParameters['none']}?:;", ''],
    ["#{jobParameters['none']}?:#{jobParameters['day']}s;!", 'Mondays!'],
    ["#{jobParameters['x']}?:a;-#{jobParameters['y']}?:b;", 'a-b'],
    ["#{partitionPlan['x']}?:whole;", 'whole'],
    ['what?:is this;', 'what?:is this;'],
    ["#{jobParameters['toString']}", ''],
  ])('%s is %s', (text, expected) => {
    expect(substitute(text, sources)).toBe(expected);
  });

  test.each(["#{jobParameters['a'}", '#{day}', "#{jobParameter['day']}", "#{jobParameters['x']}?:no end"])(
    '%s is not well-formed',
    (text) => {
      expect(() => substitute(text, sources)).toThrow(SubstitutionError);
    },
  );

  test('what a parameter holds is not substituted again', () => {
    const nested = { ...sources, jobParameters: { a: "#{jobParameters['b']}", b: 'x' } };
    expect(substitute("#{jobParameters['a']}", nested)).toBe("#{jobParameters['b']}");
  });

  test('a partition plan that is not known yet', () => {
    const later = { ...sources, partitionPlan: 'later' as const };
    expect(substitute("#{partitionPlan['x']}", later)).toBeUndefined();
    expect(substitute("#{jobParameters['none']}?:#{partitionPlan['x']};", later)).toBeUndefined();
    expect(substitute("#{partitionPlan['x']}", { ...sources, partitionPlan: { x: '7' } })).toBe('7');
  });
});

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['?', '', false],
  ['A?C', 'ABC', true],
  ['A?C', 'AC', false],
  ['A*C', 'AC', true],
  ['A*B*C', 'A-B-B-C', true],
  ['A*B*C', 'A-C-B', false],
  ['*.*', 'a.b', true],
  ['[A]', 'A', false],
  ['a', 'A', false],
  ['**', 'x', true],
])('glob %j and %j: %s', (glob, text, expected) => {
  expect(matchesGlob(glob, text)).toBe(expected);
});

describe('exception classes', () => {
  test('names of Java, and what JavaScript throws', () => {
    const classes = new ExceptionClasses();
    const filter = (name: string) => ({ include: [classes.find(name)!], exclude: [] });
    expect(classes.chosen(new TypeError('x'), filter('java.lang.RuntimeException'))).toBe(true);
    expect(classes.chosen(new Error('x'), filter('java.lang.RuntimeException'))).toBe(false);
    expect(classes.chosen(new Error('x'), filter('java.lang.Exception'))).toBe(true);
    const missing = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' });
    expect(classes.chosen(missing, filter('java.io.FileNotFoundException'))).toBe(true);
    expect(classes.chosen(missing, filter('java.io.IOException'))).toBe(true);
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET', syscall: 'read' });
    expect(classes.chosen(reset, filter('java.io.FileNotFoundException'))).toBe(false);
    expect(classes.chosen(reset, filter('java.io.IOException'))).toBe(true);
  });

  test("a registry's own, with a parent in place of the class that they extend", () => {
    class Parent extends Error {}
    class Child extends Error {}
    const shared = new ArtifactRegistry().addException('com.acme.Parent', Parent);
    const { exceptions } = new ArtifactRegistry(shared).addException('com.acme.Child', Child, Parent);
    expect(exceptions.find('com.acme.Parent')).toBe(Parent);
    expect(exceptions.chosen(new Child('x'), { include: [Parent], exclude: [] })).toBe(true);
    expect(shared.exceptions.find('com.acme.Child')).toBeUndefined();
  });
});

const registry = new ArtifactRegistry().add('r', {}).add('w', {}).add('b', {});
const resolve = (body: string, parameters: Record<string, string> = {}) =>
  resolveJob(
    parseJobXml(
      `<job id="j" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">\n${body}\n</job>`,
      'j.xml',
    ),
    {
      parameters,
      systemProperties: {},
      registry,
    },
  );

describe('values', () => {
  const chunk = (attributes: string, more = ''): string =>
    `<step id="s"><chunk ${attributes}><reader ref="r"/><writer ref="w"/>${more}</chunk></step>`;
  const work = (body: string, parameters?: Record<string, string>) =>
    (resolve(body, parameters).elements[0] as ResolvedStep).work;

  test('what is not said has the value of the specification', () => {
    expect(work(chunk(''))).toMatchObject({
      itemCount: 10,
      timeLimitMs: 0,
      skipLimit: Infinity,
      retryLimit: Infinity,
      recovery: 'reread',
      timeoutMs: 180_000,
    });
  });

  test('values come from parameters; what comes to nothing is not said', () => {
    const written = chunk(
      `item-count="#{jobParameters['n']}" time-limit="#{jobParameters['t']}" skip-limit="0"`,
    );
    expect(work(written, { n: '7' })).toMatchObject({ itemCount: 7, timeLimitMs: 0, skipLimit: 0 });
  });

  test.each([
    ['item-count="0"', 'item-count must be a whole number of at least 1, not "0"'],
    ['item-count="-1"', 'item-count must be a whole number of at least 1, not "-1"'],
    ['item-count="abc"', 'item-count must be a whole number of at least 1, not "abc"'],
    ['item-count="1.5"', 'item-count must be a whole number of at least 1, not "1.5"'],
    [
      `item-count="#{jobParameters['n']}"`,
      `item-count must be a whole number of at least 1, not "x" (written "#{jobParameters['n']}")`,
    ],
    ['time-limit="-3"', 'time-limit must be a whole number of at least 0, not "-3"'],
    ['skip-limit="many"', 'skip-limit must be a whole number of at least 0, not "many"'],
    ['checkpoint-policy="time"', 'checkpoint-policy must be "item" or "custom", not "time"'],
    ['checkpoint-policy="custom"', 'checkpoint-policy "custom" needs a checkpoint-algorithm'],
  ])('E18: %s is refused', (attributes, message) => {
    expect(() => resolve(chunk(attributes), { n: 'x' })).toThrow(`j.xml:2:`);
    expect(() => resolve(chunk(attributes), { n: 'x' })).toThrow(message);
  });

  test('properties: inner before outer, only those defined before', () => {
    const { properties, elements } = resolve(`
      <properties>
        <property name="a" value="1"/>
        <property name="b" value="#{jobProperties['a']}#{jobProperties['c']}"/>
        <property name="c" value="3"/>
      </properties>
      <step id="s">
        <properties>
          <property name="a" value="inner"/>
          <property name="d" value="#{jobProperties['a']} #{jobProperties['b']} #{jobProperties['c']}"/>
        </properties>
        <batchlet ref="b">
          <properties><property name="e" value="#{jobProperties['a']} #{jobProperties['d']}"/></properties>
        </batchlet>
      </step>`);
    expect(properties).toEqual({ a: '1', b: '1', c: '3' });
    const step = elements[0] as ResolvedStep;
    expect(step.properties).toEqual({ a: 'inner', d: 'inner 1 3' });
    expect(step.work).toMatchObject({ artifact: { properties: { e: 'inner inner 1 3' } } });
  });

  test('transaction timeout and recovery are properties of the step', () => {
    const properties = (text: string): string =>
      `<step id="s"><properties>${text}</properties><chunk><reader ref="r"/><writer ref="w"/></chunk></step>`;
    expect(
      work(
        properties(
          '<property name="jakarta.transaction.global.timeout" value="0"/><property name="waymark.recovery" value="scan"/>',
        ),
      ),
    ).toMatchObject({ timeoutMs: 0, recovery: 'scan' });
    expect(work(properties('<property name="javax.transaction.global.timeout" value="60"/>'))).toMatchObject({
      timeoutMs: 60_000,
    });
    expect(() => resolve(properties('<property name="waymark.recovery" value="pray"/>'))).toThrow(
      'waymark.recovery must be "reread" or "scan", not "pray"',
    );
  });
});

describe('checks', () => {
  const batchlet = (id: string, more = '', attributes = ''): string =>
    `<step id="${id}" ${attributes}><batchlet ref="b"/>${more}</step>`;

  test.each([
    ['an id twice', batchlet('a') + batchlet('a'), 'the id "a" is there twice, first in line 2 (WM9043)'],
    [
      'an id twice, in a flow',
      `${batchlet('a')}<flow id="f">${batchlet('a')}</flow>`,
      'the id "a" is there twice, first in line 2 (WM9043)',
    ],
    [
      'next to nowhere',
      batchlet('a', '', 'next="x"'),
      '"a" leads to "x", which is no element of the job "j" (it has "a") (WM9044)',
    ],
    [
      'to nowhere',
      batchlet('a', '<next on="*" to="x"/>'),
      '"a" leads to "x", which is no element of the job "j" (it has "a") (WM9044)',
    ],
    [
      'out of a flow',
      `<flow id="f">${batchlet('a', '', 'next="b"')}</flow>${batchlet('b')}`,
      '"a" leads to "b", which is no element of the flow "f" (it has "a") (WM9044)',
    ],
    [
      'into a flow',
      `${batchlet('b', '', 'next="a"')}<flow id="f">${batchlet('a')}</flow>`,
      '"b" leads to "a", which is no element of the job "j" (it has "b", "f") (WM9044)',
    ],
    [
      'restart to nowhere',
      batchlet('a', '<stop on="*" restart="x"/>'),
      'restart leads to "x", which is no element of the job "j" (it has "a") (WM9044)',
    ],
    ['itself', batchlet('a', '', 'next="a"'), 'the elements "a" -> "a" form a loop (WM9045)'],
    [
      'a loop',
      batchlet('a', '', 'next="b"') + batchlet('b', '<next on="X" to="c"/>') + batchlet('c', '', 'next="b"'),
      'the elements "b" -> "c" -> "b" form a loop (WM9045)',
    ],
    [
      'a decision first',
      '<decision id="d" ref="b"><end on="*"/></decision>',
      'the decision "d" is the first element of the job "j"',
    ],
    [
      'an artifact',
      '<step id="a"><batchlet ref="nobody"/></step>',
      'no artifact "nobody" (batchlet) (WM9047)',
    ],
    [
      'an exception class',
      '<step id="a"><chunk><reader ref="r"/><writer ref="w"/><skippable-exception-classes><include class="com.acme.Nobody"/></skippable-exception-classes></chunk></step>',
      'no exception class "com.acme.Nobody" (WM9048)',
    ],
    [
      'a substitution',
      batchlet('a', '', `next="#{jobParameters['x'}"`),
      `is not of the form #{source['name']} (WM9042)`,
    ],
  ])('%s', (_name, body, message) => {
    expect(() => resolve(body)).toThrow(message);
  });

  test('everything at once, each with its place', () => {
    let thrown: unknown;
    try {
      resolve(
        `<step id="a" next="x"><batchlet ref="nobody"/></step>\n<step id="a" start-limit="-1"><batchlet ref="b"/></step>`,
      );
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(JobStartError);
    const { problems } = thrown as JobStartError;
    expect(problems.map(({ code, place }) => `${code} ${place?.line}`)).toEqual([
      'WM9044 2',
      'WM9047 2',
      'WM9041 3',
      'WM9043 3',
    ]);
  });

  test('a job without elements', () => {
    const options = { parameters: {}, systemProperties: {}, registry };
    expect(() => resolveJob(job('empty'), options)).toThrow('the job "empty" has no elements (WM9049)');
    const split = job('split').split('s', {});
    expect(() => resolveJob(split, options)).toThrow('the split "s" has no flows (WM9049)');
  });
});

test('an alias stands for another name, as META-INF/batch.xml has them', () => {
  const named = new ArtifactRegistry()
    .add('com.acme.Works', { process: () => 'done' })
    .alias('works', 'com.acme.Works');
  expect(named.find('works')).toBeDefined();
});
