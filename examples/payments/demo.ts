/**
 * The payments demo: nodes that serve scripts/payment.ts, the systems around them, a load generator, and somebody who
 * kills. `npm run demo -- --help` says what can be set.
 */
import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import { FAULTS } from './chaos/fault.ts';
import { readDemoOptions, type DemoOptions } from './demo-options.ts';
import { reportPage } from './report/report-page.ts';
import { readRunLog } from './report/run-log.ts';
import { runDemo, runLogPath } from './run-demo.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';
import { LiveView } from './view/live-view.ts';
import { PlainView } from './view/plain-view.ts';
import { verdictText } from './view/verdict-text.ts';
import { count, silentView, type View } from './view/view.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first time: stop the load and judge. The second time: leave; the children notice.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  });
}

const options = readDemoOptions(process.argv.slice(2), () => Math.floor(Math.random() * 1e6) + 1);
const folder = openRunFolder(options.data, options);
const view = makeView(options, folder);
process.on('exit', () => {
  view.end();
  folder.remove();
});
const command = ['npm run demo --', ...process.argv.slice(2)].join(' ');
const report = await runDemo(options, folder, { view, interrupted: interrupted.signal, command });
if (options.report !== undefined) {
  writeFileSync(options.report, reportPage(readRunLog(runLogPath(options, folder))));
}
process.stdout.write(
  options.json
    ? JSON.stringify(report, undefined, 2) + '\n'
    : verdictText(report, pc.createColors(pc.isColorSupported)),
);
process.exit(report.passed ? (interrupted.signal.aborted ? 130 : 0) : 1);

function makeView(demo: DemoOptions, place: RunFolder): View {
  if (demo.quiet) return silentView;
  if (demo.json || process.stderr.isTTY !== true) {
    return new PlainView((line) => process.stderr.write(line + '\n'));
  }
  const load =
    demo.pattern.kind === 'rate'
      ? `${count(demo.pattern.perSecond)} payments/s`
      : `${count(demo.pattern.count)} in flight`;
  const kill = demo.kill.length === 1 ? FAULTS[demo.kill[0]!] : `one of ${demo.kill.join(', ')}`;
  const every = demo.kill.length === 0 ? '' : `, every ${demo.killEvery / 1000} s ${kill}`;
  const nats = demo.natsServers > 0 ? ' over NATS' : '';
  return new LiveView({
    title: `Waymark payments${nats}: ${place.nodes} nodes, ${load}${every}`,
    duration: demo.duration / 1000,
    colors: pc.createColors(pc.isColorSupported),
    width: () => process.stderr.columns ?? 100,
    write: (text) => process.stderr.write(text),
  });
}
