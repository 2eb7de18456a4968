/** Labels of a value, by name. */
export type Labels = Readonly<Record<string, string>>;

/** Something that only grows. */
export interface Counter {
  readonly add: (labels?: Labels, by?: number) => void;
}

/** Something that is observed, in buckets. */
export interface Histogram {
  readonly observe: (value: number, labels?: Labels) => void;
}

/** What a server counts, and how it tells Prometheus. */
export interface Metrics {
  readonly counter: (name: string, help: string) => Counter;
  readonly histogram: (name: string, help: string, buckets: readonly number[]) => Histogram;
  /** A value that is looked up when it is asked for. One that cannot be had is left out. */
  readonly gauge: (name: string, help: string, read: () => number | readonly (readonly [Labels, number])[]) => void;
  /** All of it, in Prometheus' text format 0.0.4. */
  readonly text: () => string;
}

/** Sets of labels that one metric may have: strangers must not make more of them than memory holds. */
const MAX_SERIES = 1_000;

/** The text format's media type. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const escapeLabel = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
const number = (value: number) =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";

function labelled(labels: Labels): string {
  const parts = Object.keys(labels)
    .sort()
    .map((name) => `${name}="${escapeLabel(labels[name] ?? "")}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

/** Makes an empty set of metrics. */
export function createMetrics(): Metrics {
  const families = new Map<string, () => string[]>();
  const register = (name: string, type: string, help: string, samples: () => string[]) => {
    if (!NAME.test(name)) throw new Error(`${name} is no name of a metric.`);
    if (families.has(name)) throw new Error(`The metric ${name} is there already.`);
    const words = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
    families.set(name, () => [`# HELP ${name} ${words}`, `# TYPE ${name} ${type}`, ...samples()]);
  };
  return {
    counter: (name, help) => {
      const values = new Map<string, number>();
      register(name, "counter", help, () => [...values].map(([labels, value]) => `${name}${labels} ${number(value)}`));
      return {
        add: (labels = {}, by = 1) => {
          const key = keyOf(values, labels);
          values.set(key, (values.get(key) ?? 0) + by);
        },
      };
    },
    histogram: (name, help, buckets) => {
      const bounds = [...buckets, Number.POSITIVE_INFINITY];
      const series = new Map<string, { labels: Labels; counts: number[]; sum: number }>();
      register(name, "histogram", help, () =>
        [...series.values()].flatMap(({ labels, counts, sum }) => [
          ...bounds.map((le, index) => `${name}_bucket${labelled({ ...labels, le: number(le) })} ${counts[index]}`),
          `${name}_sum${labelled(labels)} ${number(sum)}`,
          `${name}_count${labelled(labels)} ${counts.at(-1)}`,
        ]),
      );
      return {
        observe: (value, labels = {}) => {
          const key = keyOf(series, labels);
          const known = key === labelled(labels) ? labels : OTHER;
          const own = series.get(key) ?? { labels: known, counts: bounds.map(() => 0), sum: 0 };
          own.sum += value;
          own.counts = own.counts.map((count, index) => (value <= (bounds[index] as number) ? count + 1 : count));
          series.set(key, own);
        },
      };
    },
    gauge: (name, help, read) =>
      register(name, "gauge", help, () => {
        try {
          const value = read();
          const all = typeof value === "number" ? [[{}, value] as const] : value;
          return all.map(([labels, each]) => `${name}${labelled(labels)} ${number(each)}`);
        } catch {
          return [];
        }
      }),
    text: () => `${[...families.values()].flatMap((family) => family()).join("\n")}\n`,
  };
}

/** What is beyond the limit is counted together. */
const OTHER: Labels = { other: "true" };

function keyOf(series: ReadonlyMap<string, unknown>, labels: Labels): string {
  const key = labelled(labels);
  return series.has(key) || series.size < MAX_SERIES ? key : labelled(OTHER);
}
