/** Upper ends of the classes that durations are counted in, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface ObservedRequest {
  readonly method: string;
  /** `vault`, `shard` or `changes`: never an id. */
  readonly route: string;
  readonly status: number;
  /** Null for an answer that stays open. */
  readonly seconds: number | null;
  readonly received: number;
  readonly sent: number;
}

/** A number that is asked for when it is wanted. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: number;
}

interface Durations {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** Counts what a relay does, for Prometheus. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  #received = 0;
  #sent = 0;

  observe({ method, route, status, seconds, received, sent }: ObservedRequest): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
    this.#received += received;
    this.#sent += sent;
    if (seconds !== null) this.#time(`method="${method}",route="${route}"`, seconds);
  }

  /** The text of `GET /metrics`. */
  text(gauges: readonly Gauge[]): string {
    const lines = [
      ...head('dramatis_relay_requests_total', 'counter', 'Requests that were answered.'),
      ...[...this.#requests].map(([labels, count]) => `dramatis_relay_requests_total{${labels}} ${count}`),
      ...head('dramatis_relay_request_seconds', 'histogram', 'How long answers took.'),
      ...[...this.#durations].flatMap(([labels, durations]) => histogram(labels, durations)),
      ...single(
        'dramatis_relay_received_bytes_total',
        'counter',
        'Bytes of shards that were received.',
        this.#received,
      ),
      ...single('dramatis_relay_sent_bytes_total', 'counter', 'Bytes of shards that were sent.', this.#sent),
      ...gauges.flatMap(({ name, help, value }) => single(name, 'gauge', help, value)),
    ];
    return `${lines.join('\n')}\n`;
  }

  #time(labels: string, seconds: number): void {
    const durations = this.#durations.get(labels) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
    this.#durations.set(labels, durations);
    durations.sum += seconds;
    durations.count += 1;
    BUCKETS.forEach((end, at) => {
      if (seconds <= end) durations.buckets[at] = (durations.buckets[at] ?? 0) + 1;
    });
  }
}

function histogram(labels: string, { buckets, sum, count }: Durations): string[] {
  const name = 'dramatis_relay_request_seconds';
  return [
    ...buckets.map((inside, at) => `${name}_bucket{${labels},le="${BUCKETS[at]}"} ${inside}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${count}`,
  ];
}

function single(name: string, type: string, help: string, value: number): string[] {
  return [...head(name, type, help), `${name} ${value}`];
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
