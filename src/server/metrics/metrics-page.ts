/**
 * The answer to a scrape. prom-client writes the format and adds what Node.js and the operating system know of the process;
 * Waymark's own metrics are counted elsewhere, without any library, and only read here.
 */
import { collectDefaultMetrics, Gauge, type Histogram, Registry } from 'prom-client';
import { METRIC_GROUPS } from './catalogue.ts';
import type { Metric } from './metric.ts';
import type { NodeSample } from './node-sample.ts';

/**
 * Of prom-client's metrics: the delay of the event loop begins anew at every scrape, so that of two scrapers each would see
 * half (our own histogram stands for it), and the lists of handles and requests cost more the more there are.
 */
const LEFT_OUT = /^nodejs_(?:eventloop_lag|active_)/;

export class MetricsPage {
  readonly #registry = new Registry();
  #sample: NodeSample | undefined;

  /** @param nodeId label `node` of every value; undefined for a node without a lasting name */
  constructor(nodeId: string | undefined) {
    const registry = this.#registry;
    if (nodeId !== undefined) registry.setDefaultLabels({ node: nodeId });
    for (const { metrics } of METRIC_GROUPS) {
      for (const metric of metrics) registry.registerMetric(new ReadMetric(metric, () => this.#sample));
    }
    collectDefaultMetrics({ register: registry });
    for (const { name } of registry.getMetricsAsArray())
      if (LEFT_OUT.test(name)) registry.removeSingleMetric(name);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(sample: NodeSample): Promise<string> {
    // Every metric reads it before anything is waited for.
    this.#sample = sample;
    return this.#registry.metrics();
  }

  close(): void {
    this.#registry.clear();
  }
}

type Values = Awaited<ReturnType<Histogram['get']>>;

/** A metric whose values come from a sample; a Gauge only for the registry's sake. */
class ReadMetric extends Gauge {
  readonly #metric: Metric;
  readonly #sample: () => NodeSample | undefined;

  constructor(metric: Metric, sample: () => NodeSample | undefined) {
    super({ name: metric.name, help: metric.help, registers: [] });
    this.#metric = metric;
    this.#sample = sample;
  }

  override async get(): Promise<Values> {
    const { name, help, type, read } = this.#metric;
    const sample = this.#sample();
    const lines = sample === undefined ? [] : read(sample);
    return {
      name,
      help,
      type: type as unknown as Values['type'],
      aggregator: 'sum',
      collect: () => {},
      values: lines.map(({ suffix = '', labels, value }) => ({ metricName: name + suffix, labels, value })),
    };
  }
}
