/**
 * The payments demo: nodes that serve scripts/payment.ts, the systems around them, a load generator, and somebody who
 * kills. `npm run demo -- --help` says what can be set.
 */
import pc from 'picocolors';
import { readDemoOptions, type DemoOptions } from './demo-options.ts';
import { runDemo } from './run-demo.ts';
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
const report = await runDemo(options, folder, { view, interrupted: interrupted.signal });
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
  const kill = { node: 'kill -9 of a node', all: 'kill -9 of everything', none: '' }[demo.kill];
  const every = kill === '' ? '' : `, ${kill} every ${demo.killEvery / 1000} s`;
  return new LiveView({
    title: `Waymark payments: ${place.nodes} nodes, ${load}${every}`,
    duration: demo.duration / 1000,
    colors: pc.createColors(pc.isColorSupported),
    width: () => process.stderr.columns ?? 100,
    write: (text) => process.stderr.write(text),
  });
}
