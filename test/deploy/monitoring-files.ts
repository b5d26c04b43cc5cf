/** What is in deploy/ for Prometheus and Grafana, read as their programs read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../house/project-files.ts';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly datasource: { readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
  readonly datasource?: { readonly uid: string };
}

export interface Dashboard {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: unknown }[];
  };
}

export const ALERTS_FILE = join(projectRoot, 'deploy/prometheus/alerts.yaml');
export const CONFIGURATION_FILE = join(projectRoot, 'deploy/prometheus/prometheus.yaml');

export const alertsText = readFileSync(ALERTS_FILE, 'utf8');
export const alerts: readonly Alert[] = (
  parse(alertsText) as { groups: readonly { rules: readonly Alert[] }[] }
).groups.flatMap(({ rules }) => rules);

export const dashboard = JSON.parse(
  readFileSync(join(projectRoot, 'deploy/grafana/waymark.json'), 'utf8'),
) as Dashboard;

/** Every query of the dashboard with the variables of Grafana put in. */
export function dashboardQueries(interval: string): { title: string; expr: string }[] {
  const filled = (expr: string): string =>
    expr.replaceAll('$__rate_interval', interval).replaceAll('$job', 'waymark').replaceAll('$script', '.+');
  return [
    ...dashboard.panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ title, expr: filled(expr) })),
    ),
    ...dashboard.annotations.list.map(({ expr }) => ({ title: 'annotation', expr: filled(expr) })),
  ];
}

/** Names of metrics in an expression. */
export function metricsIn(expression: string): string[] {
  return [...new Set(expression.match(/\b(?:waymark|process|nodejs)_[a-z_]+\b/g))];
}
