/**
 * Makes the report of a run from its log.
 *
 *     node examples/payments/report.ts <run.jsonl> <report.html>
 */
import { writeFileSync } from 'node:fs';
import { reportPage } from './report/report-page.ts';
import { readRunLog } from './report/run-log.ts';

const [log, page] = process.argv.slice(2);
if (log === undefined || page === undefined) {
  process.stderr.write('usage: node examples/payments/report.ts <run.jsonl> <report.html>\n');
  process.exit(2);
}
writeFileSync(page, reportPage(readRunLog(log)));
