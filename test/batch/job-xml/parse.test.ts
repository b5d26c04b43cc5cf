/** Job XML -> JobDefinition, and what is said about documents that are not job XML. */
import { describe, expect, test } from 'vitest';
import { JobXmlError, parseBatchXml, parseJobXml } from '../../../src/batch/job-xml/index.ts';
import { JOB_SCHEMA } from '../../../src/batch/job-xml/job-schema.ts';
import { parseXml } from '../../../src/batch/job-xml/xml-tree.ts';

const EVERYTHING = `<?xml version="1.0" encoding="UTF-8"?>
<!-- every element and attribute of the schema -->
<job id="all" version="2.0" restartable="true" xmlns="https://jakarta.ee/xml/ns/jakartaee"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xsi:schemaLocation="https://jakarta.ee/xml/ns/jakartaee https://jakarta.ee/xml/ns/jakartaee/jobXML_2_0.xsd">
  <properties>
    <property name="folder" value="#{jobParameters['folder']}?:in;"/>
  </properties>
  <listeners>
    <listener ref="jobListener"><properties><property name="a" value="b"/></properties></listener>
  </listeners>
  <step id="load" next="choose" start-limit="3" allow-start-if-complete="true">
    <properties><property name="p" value="&lt;1 &amp; 2&gt;"/></properties>
    <listeners><listener ref="stepListener"/></listeners>
    <chunk checkpoint-policy="custom" item-count="7" time-limit="5" skip-limit="2" retry-limit="4">
      <reader ref="com.acme.Reader"><properties><property name="file" value="x"/></properties></reader>
      <processor ref="processor"/>
      <writer ref="writer"/>
      <checkpoint-algorithm ref="algorithm"/>
      <skippable-exception-classes>
        <include class="java.lang.Exception"/>
        <exclude class="java.io.FileNotFoundException"/>
      </skippable-exception-classes>
      <retryable-exception-classes><include class="a.B"/></retryable-exception-classes>
      <no-rollback-exception-classes><include class="a.C"/></no-rollback-exception-classes>
    </chunk>
    <partition>
      <plan partitions="2" threads="1">
        <properties partition="0"><property name="from" value="0"/></properties>
        <properties partition="1"><property name="from" value="50"/></properties>
      </plan>
      <collector ref="collector"/>
      <analyzer ref="analyzer"/>
      <reducer ref="reducer"/>
    </partition>
    <next on="GOOD*" to="choose"/>
    <end on="DONE" exit-status="ok"/>
    <fail on="BAD?" exit-status="bad"/>
    <stop on="*" exit-status="halted" restart="load"/>
  </step>
  <decision id="choose" ref="decider">
    <properties><property name="x" value="y"/></properties>
    <next on="*" to="both"/>
  </decision>
  <split id="both" next="rest">
    <flow id="left"><step id="l"><batchlet ref="batchlet"/></step></flow>
    <flow id="right">
      <step id="r"><batchlet ref="batchlet"/><partition><mapper ref="mapper"/></partition></step>
    </flow>
  </split>
  <flow id="rest" next="load">
    <step id="inner"><batchlet ref="batchlet"><properties><property name="n" value="1"/></properties></batchlet></step>
    <end on="*"/>
  </flow>
</job>
`;

/** What is said of a document, in short: `line:column code message`. */
function problemsOf(text: string): readonly string[] {
  try {
    parseJobXml(text, 'job.xml');
  } catch (error) {
    if (!(error instanceof JobXmlError)) throw error;
    return error.problems.map(
      ({ code, message, place }) => `${place.line}:${place.column} ${code} ${message}`,
    );
  }
  return [];
}

const job = (inside: string): string =>
  `<job id="j" version="2.0" xmlns="https://jakarta.ee/xml/ns/jakartaee">\n${inside}\n</job>`;

describe('a document with every element and attribute', () => {
  test('has them all', () => {
    const seen = new Set<string>();
    const visit = (element: ReturnType<typeof parseXml>): void => {
      seen.add(element.name);
      for (const name of element.attributes.keys()) seen.add(`${element.name}@${name}`);
      element.children.forEach(visit);
    };
    visit(parseXml(EVERYTHING, 'all.xml'));
    const wanted = Object.entries(JOB_SCHEMA).flatMap(([name, { attributes }]) => [
      name,
      ...Object.keys(attributes).map((attribute) => `${name}@${attribute}`),
    ]);
    expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
  });

  test('becomes a definition with the values as they are written', () => {
    const withoutPlaces = JSON.parse(
      JSON.stringify(parseJobXml(EVERYTHING, 'all.xml'), (key, value: unknown) =>
        key === 'place' ? undefined : value,
      ),
    ) as unknown;
    expect(withoutPlaces).toMatchSnapshot();
  });

  test('keeps the place of every element', () => {
    const [load, choose, both, rest] = parseJobXml(EVERYTHING, 'all.xml').elements;
    expect(load?.place).toEqual({ file: 'all.xml', line: 12, column: 3 });
    expect(choose!.place!.line).toBe(41);
    expect(both!.place!.line).toBe(45);
    expect(rest!.place!.line).toBe(51);
    expect(load?.kind === 'step' && load.work.kind === 'chunk' && load.work.reader.place).toEqual({
      file: 'all.xml',
      line: 16,
      column: 7,
    });
  });

  test.each([
    ['the namespace of Java EE 7', 'http://xmlns.jcp.org/xml/ns/javaee'],
    ['no namespace', ''],
  ])('may have %s', (_, namespace) => {
    const text = EVERYTHING.replace('https://jakarta.ee/xml/ns/jakartaee"', `${namespace}"`).replace(
      'version="2.0"',
      'version="1.0"',
    );
    expect(problemsOf(text)).toEqual([]);
  });

  test('may have a prefix for the namespace', () => {
    expect(
      problemsOf(
        '<b:job id="j" xmlns:b="https://jakarta.ee/xml/ns/jakartaee"><b:step id="s"><b:batchlet ref="x"/></b:step></b:job>',
      ),
    ).toEqual([]);
  });

  test('may have a byte order mark and Windows line ends, and places stay right', () => {
    const text = `\uFEFF${EVERYTHING.replaceAll('\n', '\r\n').replace('<reader', '<readr').replace('</reader', '</readr')}`;
    expect(problemsOf(text)[0]).toBe('16:7 WM9002 <readr> is not allowed in <chunk>');
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['an empty document', ''],
    ['text', 'hello'],
    ['a tag that is not closed', '<job id="j">\n  <step id="a">\n</job>'],
    ['an attribute without quotes', '<job id="j">\n  <step id=a/>\n</job>'],
    ['an attribute that is there twice', '<job id="j"\n  id="k"/>'],
    ['an entity that nobody has declared', '<job id="j">\n  &boom;\n</job>'],
    ['an external entity', '<!DOCTYPE job [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<job id="&x;"></job>'],
    ['a prefix that nobody has declared', '<job id="j">\n  <x:step id="a"/>\n</job>'],
    ['two roots', '<job id="j"/>\n<job id="k"/>'],
    ['another document', '<beans xmlns="http://www.springframework.org/schema/beans"/>'],
    ['the right name in another namespace', '<job xmlns="urn:other" id="j"/>'],
    ['a version from the future', '<job id="j"\n  version="3.0"/>'],
    ['no id', '<job version="2.0"/>'],
    ['an unknown element', job('  <stage id="a"/>')],
    ['an unknown attribute', job('  <step id="a" nxt="b"><batchlet ref="x"/></step>')],
    [
      'an unknown attribute on its own line',
      job('  <step id="a"\n        start-limit="1"\n        starts="1"><batchlet ref="x"/></step>'),
    ],
    ['a step without work', job('  <step id="a"/>')],
    [
      'a step with two works',
      job('  <step id="a">\n    <batchlet ref="x"/>\n    <batchlet ref="y"/>\n  </step>'),
    ],
    [
      'a step with a chunk and a batchlet',
      job(
        '  <step id="a">\n    <chunk><reader ref="r"/><writer ref="w"/></chunk>\n    <batchlet ref="y"/>\n  </step>',
      ),
    ],
    ['a chunk without a writer', job('  <step id="a"><chunk>\n    <reader ref="r"/>\n  </chunk></step>')],
    [
      'a chunk without a reader',
      job('  <step id="a"><chunk>\n    <processor ref="p"/>\n    <writer ref="w"/>\n  </chunk></step>'),
    ],
    [
      'a chunk with its parts in the wrong order',
      job('  <step id="a"><chunk>\n    <writer ref="w"/>\n    <reader ref="r"/>\n  </chunk></step>'),
    ],
    [
      'properties after the work',
      job('  <step id="a">\n    <batchlet ref="x"/>\n    <properties/>\n  </step>'),
    ],
    ['a reference without a name', job('  <step id="a"><batchlet/></step>')],
    ['a property without a value', job('  <properties>\n    <property name="a"/>\n  </properties>')],
    ['text between elements', job('  <properties>\n    folder = in\n  </properties>')],
    ['a partition without a plan', job('  <step id="a"><batchlet ref="x"/><partition/></step>')],
    [
      'a plan and a mapper',
      job('  <step id="a"><batchlet ref="x"/><partition><plan/><mapper ref="m"/></partition></step>'),
    ],
    ['a transition without a pattern', job('  <step id="a"><batchlet ref="x"/><next to="b"/></step>')],
    ['a step in a split', job('  <split id="s">\n    <step id="a"><batchlet ref="x"/></step>\n  </split>')],
    ['an element of another namespace', job('  <step xmlns="urn:other" id="a"><batchlet ref="x"/></step>')],
    [
      'excludes before includes',
      job(
        '  <step id="a"><chunk><reader ref="r"/><writer ref="w"/><skippable-exception-classes>\n<exclude class="A"/>\n<include class="B"/></skippable-exception-classes></chunk></step>',
      ),
    ],
    [
      'several at once, in the order of the document',
      job('  <step nxt="b"><batchlet/></step>\n  <stage/>\n  <step id="b"/>'),
    ],
  ])('%s', (_, text) => {
    expect(problemsOf(text)).toMatchSnapshot();
  });

  test('the message shows the lines and says what to do', () => {
    expect(() =>
      parseJobXml(job('  <step id="a" nxt="b">\n    <batchlet ref="x"/></step>'), 'jobs/a.xml'),
    ).toThrow(
      expect.objectContaining({
        code: 'WM9003',
        message: [
          'jobs/a.xml:2:16 WM9003 <step> has no attribute "nxt"',
          '',
          '  1 | <job id="j" version="2.0" xmlns="https://jakarta.ee/xml/ns/jakartaee">',
          '> 2 |   <step id="a" nxt="b">',
          '    |                ^',
          '  3 |     <batchlet ref="x"/></step>',
          '',
          '  fix: Remove it, or use one of: id, next, start-limit, allow-start-if-complete.',
        ].join('\n'),
      }),
    );
  });
});

describe('batch.xml', () => {
  test('gives names and classes', () => {
    const text =
      '<batch-artifacts xmlns="https://jakarta.ee/xml/ns/jakartaee">\n  <ref id="r" class="com.acme.Reader"/>\n</batch-artifacts>';
    expect([...parseBatchXml(text, 'batch.xml')]).toEqual([['r', 'com.acme.Reader']]);
  });

  test('is checked too', () => {
    expect(() =>
      parseBatchXml('<batch-artifacts>\n  <ref id="r"/>\n</batch-artifacts>', 'batch.xml'),
    ).toThrow(/batch\.xml:2:3 WM9004 <ref> needs the attribute "class"/);
  });
});
