/** The files for Prometheus and Grafana are valid, and speak of metrics and pages that exist. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { METRIC_GROUPS } from '../../src/server/metrics/catalogue.ts';
import { projectRoot } from '../house/project-files.ts';
import { serverProgram } from '../servers/server-process.ts';
import {
  alerts,
  ALERTS_FILE,
  CONFIGURATION_FILE,
  dashboard,
  dashboardQueries,
  metricsIn,
} from './monitoring-files.ts';

const runbook = readFileSync(join(projectRoot, 'docs/guides/runbook.md'), 'utf8');

function knownNames(): Set<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  registry.clear();
  const own = METRIC_GROUPS.flatMap(({ metrics }) => metrics).flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set([...names, ...own]);
}

test('names follow the conventions of Prometheus, and say what they are', () => {
  const metrics = METRIC_GROUPS.flatMap(({ metrics: inGroup }) => inGroup);
  expect(metrics.length).toBeGreaterThan(50);
  expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  for (const { name, type, help } of metrics) {
    expect(name).toMatch(/^waymark_[a-z_]+$/);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(help, name).toMatch(/^[A-Z0-9].*[.)]$/);
  }
});

describe('Prometheus', () => {
  test('promtool accepts configuration and rules', () => {
    const promtool = serverProgram('promtool');
    expect(execFileSync(promtool, ['check', 'config', CONFIGURATION_FILE], { encoding: 'utf8' })).toContain(
      'SUCCESS',
    );
    expect(execFileSync(promtool, ['check', 'rules', ALERTS_FILE], { encoding: 'utf8' })).toContain(
      `SUCCESS: ${alerts.length} rules found`,
    );
  });

  test('every alert waits a while, has a severity, says what is wrong, and speaks of metrics that exist', () => {
    const known = knownNames();
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, expr, for: wait, labels, annotations } of alerts) {
      expect(alert).toMatch(/^Waymark[A-Za-z]+$/);
      expect(wait, alert).toMatch(/^\d+[sm]$/);
      expect(['critical', 'warning'], alert).toContain(labels['severity']);
      expect(annotations['summary'], alert).toMatch(/\{\{.*\}\}/);
      expect(annotations['description'], alert).toMatch(/\.$/);
      expect(metricsIn(expr).filter((name) => !known.has(name))).toEqual([]);
      expect(annotations['runbook'], alert).toBe(`docs/guides/runbook.md#${alert.toLowerCase()}`);
    }
  });

  test('the runbook has a section for every alert and for nothing else, with what to do', () => {
    const sections = runbook.split(/^### /m).slice(1);
    const titles = sections.map((section) => section.slice(0, section.indexOf('\n')));
    expect(titles.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
    for (const section of sections)
      expect(section).toMatch(/\*\*Means\.\*\* [^]*\*\*Look at\.\*\* [^]*\*\*Do\.\*\* /);
  });

  test('metrics that the runbook names exist', () => {
    const known = new Set([...knownNames()].map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
    const named = metricsIn(runbook);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('Grafana', () => {
  const { panels } = dashboard;

  test('panels have ids of their own, places that do not overlap, and a data source that is chosen', () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Map<string, string>();
    for (const { title, type, gridPos, targets, datasource, description } of panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.get(`${x},${y}`), `${title} over another`).toBeUndefined();
          taken.set(`${x},${y}`, title);
        }
      }
      if (type === 'row') continue;
      expect(datasource?.uid, title).toBe('${datasource}');
      expect(description, title).toMatch(/\.$/);
      expect(targets!.length, title).toBeGreaterThan(0);
      expect(new Set(targets!.map(({ refId }) => refId)).size, title).toBe(targets!.length);
      for (const target of targets!) {
        expect(target.datasource.uid, title).toBe('${datasource}');
        expect(target.expr, title).toContain('job=~"$job"');
      }
    }
  });

  test('variables: data source, job, script', () => {
    const variables = dashboard.templating.list.map(({ name, type }) => [name, type]);
    expect(variables).toEqual([
      ['datasource', 'datasource'],
      ['job', 'query'],
      ['script', 'query'],
    ]);
    const text = JSON.stringify(dashboard);
    const used = new Set([...text.matchAll(/\$\{?([A-Za-z_]+)/g)].map(([, name]) => name));
    expect(used).toEqual(new Set(['__all', '__rate_interval', 'datasource', 'job', 'script']));
  });

  test('what the dashboard of the proof of concept shows is there, and what it could not show', () => {
    const titles = panels.filter(({ type }) => type !== 'row').map(({ title }) => title);
    const wanted = [
      'Payments per second',
      'Response time',
      'Active requests',
      'CPU',
      'Callouts per second',
      'Long-running requests',
      'Checkpoints per second',
      'Checkpoints per second and node',
      'Checkpoint latency',
      'Callout latency',
      'Replication lag',
      'Degraded nodes',
      'Recovered',
      'Quarantined',
      'Event-loop delay',
    ];
    expect(wanted.filter((title) => !titles.includes(title))).toEqual([]);
    const kinds = panels.filter(({ title }) => title === 'Payments per second').map(({ type }) => type);
    expect(kinds.toSorted()).toEqual(['stat', 'timeseries']);
  });

  test('its queries speak of metrics that exist', () => {
    const known = knownNames();
    const queries = dashboardQueries('1m');
    expect(queries.length).toBeGreaterThan(40);
    for (const { title, expr } of queries) {
      expect(metricsIn(expr).length, title).toBeGreaterThan(0);
      expect(
        metricsIn(expr).filter((name) => !known.has(name)),
        title,
      ).toEqual([]);
    }
  });
});
