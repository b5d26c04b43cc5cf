/** Properties at every level and what `#{...}` stands for (Jakarta Batch 2.1, section 8.8); forms that a document may have. */
import type { Expected, JobCase } from '../job-files.ts';

const run = (calls: string, steps: readonly string[], more: Partial<Expected> = {}): Expected => ({
  calls,
  steps: steps.map((step) => (step.includes(' ') ? step : `${step} COMPLETED`)),
  ...more,
});
const one = (file: string, expected: Expected): JobCase => ({ file, executions: [expected] });
const shows = (own: string, parameters?: Readonly<Record<string, string>>, job = ''): Expected =>
  run(`own[${own}] step[] job[${job}]`, ['s'], {
    anew: true,
    ...(parameters === undefined ? {} : { parameters }),
  });

export const PROPERTIES: readonly JobCase[] = [
  one('properties-levels', run('own[c=3] step[b=2] job[a=1]', ['s'])),
  one(
    'properties-every-artifact',
    run(
      `Pjob.beforeJob PQ.beforeStep PQd.beginStep PQm.map(1) PQr.open(-) PQp.P1 PQp.P2 PQw.W[1-2] PQa.end
       PQc.collect PQz.data(0:2) PQc.collect PQz.data(0:2) PQz.status(COMPLETED COMPLETED)
       PQd.beforeCompletion PQd.after(COMMIT) Pdec.decide(load:COMPLETED)`,
      ['load COMPLETED read 2 write 2 commit 1'],
      { exit: 'END' },
    ),
  ),
  one(
    'properties-inner-before-outer',
    run('own[x=own seen=own outer=job] step[before=job x=step after=step] job[x=job y=job]', ['s']),
  ),
  one(
    'properties-order',
    run('own[file=orders path=orders.csv unknown=! later=1] step[] job[late=[] x=1 in-time=[1]]', ['s']),
  ),
  one('properties-other-step', run('own[y=2] step[x=1] job[] own[x=- y=-] step[] job[]', ['a', 'b'])),
  one('properties-of-listener', run('n.beforeStep own[secret=?] step[] job[]', ['s'])),
  {
    file: 'substitution-defaults',
    executions: [
      shows('day=today empty= none='),
      shows('day=Monday empty= none=', { day: 'Monday' }),
      shows('day=today empty=x none=x', { day: '', none: 'x' }),
    ],
  },
  {
    file: 'substitution-default-expression',
    executions: [
      shows('path=/data/north.csv', undefined, 'root=/data'),
      shows('path=x.csv', { path: 'x' }, 'root=/data'),
    ],
  },
  {
    file: 'substitution-several',
    executions: [shows('text=<1&|3>'), shows('text=<x&y|3>', { a: 'x', b: 'y' })],
  },
  {
    file: 'substitution-system-properties',
    executions: [shows('region=north list=a;b fallback=a;b none=-')],
  },
  {
    file: 'substitution-once',
    executions: [
      shows("x=#{jobParameters['y']}?:1; y=#{jobParameters['y']}?:1;", {
        x: "#{jobParameters['y']}?:1;",
        y: '2',
      }),
    ],
  },
  {
    file: 'substitution-texts',
    executions: [shows(`a=what?:is;this b={x}#x c=a<b&c"d d=it's`)],
  },
  {
    file: 'substitution-property-names',
    executions: [shows('k=v!', undefined, 'k=v'), shows('other=!', { key: 'other' }, 'other=v')],
  },
  {
    file: 'substitution-chunk',
    executions: [
      run('open(-) W[1-2,4-11] W[12]', ['load COMPLETED read 11 write 11 commit 2 readSkip 1']),
      run('open(-) W[1-2,4-5] W[6-9] W[10-12]', ['load COMPLETED read 11 write 11 commit 3 readSkip 1'], {
        anew: true,
        parameters: { policy: 'item', items: '4', seconds: '100', skips: '1', retries: '0' },
      }),
      run('open(-) W[1-2] W[4-6] W[7-9] W[10-12]', ['load COMPLETED read 11 write 11 commit 5 readSkip 1'], {
        anew: true,
        parameters: { seconds: '3' },
      }),
      run('open(-) W[1-2,4-6] W[7-11] W[12]', ['load COMPLETED read 11 write 11 commit 3 readSkip 1'], {
        anew: true,
        parameters: { policy: 'custom' },
      }),
      run('open(-)', ['load FAILED rollback 1'], { anew: true, parameters: { skips: '0' }, batch: 'FAILED' }),
    ],
  },
  {
    file: 'substitution-references',
    executions: [
      run('open(-) W[1,3] afterStep b', ['a COMPLETED read 3 write 2 commit 1 processSkip 1', 'b']),
      run('open(-) W[1,3] afterStep c', ['a COMPLETED read 3 write 2 commit 1 processSkip 1', 'c'], {
        anew: true,
        parameters: { listener: 'com.example.batch.AuditListener', exception: 'OrderException', after: 'c' },
      }),
      run('open(-) afterStep', ['a FAILED rollback 1'], {
        anew: true,
        parameters: { exception: 'TransientException' },
        batch: 'FAILED',
      }),
    ],
  },
  {
    file: 'substitution-transitions',
    executions: [
      run('a b', ['a COMPLETED(GOOD)', 'b'], { exit: 'DEFAULT' }),
      run('a', ['a COMPLETED(GOOD)'], {
        anew: true,
        parameters: { on: 'X', failOn: 'GOOD', exit: 'BY FAIL' },
        batch: 'FAILED',
        exit: 'BY FAIL',
      }),
      run('a c', ['a COMPLETED(GOOD)', 'c'], {
        anew: true,
        parameters: { to: 'c', restart: 'b' },
        batch: 'STOPPED',
        exit: 'HELD',
      }),
      run('b', ['b'], { parameters: { exit: 'NOW' }, exit: 'NOW' }),
    ],
  },
  {
    file: 'substitution-sequence',
    executions: [
      run('a b decide(b:COMPLETED) c', ['a', 'b', 'c'], { exit: 'GO' }),
      run('a c', ['a', 'c'], { anew: true, parameters: { afterFlow: 'c' } }),
      run('a b decide(b:COMPLETED)', ['a', 'b'], { anew: true, parameters: { decide: 'NO' }, exit: 'NO' }),
      run('a b c', ['a', 'b', 'c'], { anew: true, parameters: { afterSplit: 'c' } }),
    ],
  },
  {
    file: 'substitution-ids',
    executions: [
      run('load-all sum-all', ['load-all', 'sum-all']),
      run('load-north sum-north', ['load-north', 'sum-north'], {
        anew: true,
        parameters: { region: 'north' },
      }),
    ],
  },
  {
    file: 'substitution-starts',
    executions: [
      run('a b', ['a', 'b FAILED'], { parameters: { fail: 'OrderException' }, batch: 'FAILED' }),
      run('', [], {
        parameters: { again: 'true', limit: '1' },
        batch: 'FAILED',
        failure: 'its start-limit is 1',
      }),
      run('a b', ['a', 'b'], { parameters: { again: 'true', limit: '2' } }),
    ],
  },
  {
    file: 'substitution-plan',
    executions: [
      run('in-0 in-1', ['a']),
      run('out-0 out-1', ['a'], { anew: true, parameters: { base: 'out' } }),
    ],
  },
  one('xml-java-ee', run('a', ['a'])),
  one('xml-no-namespace', run('a', ['a'])),
  one('xml-prefix', run('a open(-) W[1-2] W[3]', ['a', 'b COMPLETED read 3 write 3 commit 2'])),
  one('xml-characters', run('<A&B> 中', ['Prüfung', '中'])),
];
