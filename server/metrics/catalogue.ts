/** What there is to know about a metric. */
interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** One sentence; the documentation has the same. */
  readonly help: string;
  /** Upper bounds of a histogram, in its unit. */
  readonly buckets?: readonly number[];
  /** How those of several workers become one. Default: their sum. */
  readonly ofWorkers?: 'max' | 'first';
}

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Every metric of our own, by name. Labels have few values that nobody outside chooses: routes and not URLs, types of
 * operations and not their names, codes of errors and not their messages, sites up to a number.
 */
export const catalogue = {
  oxicount_build_info: {
    type: 'gauge',
    labels: ['version', 'node', 'database'],
    help: 'Always 1; the labels say which version runs on what.',
    ofWorkers: 'first',
  },
  oxicount_processes: {
    type: 'gauge',
    labels: [],
    help: 'Processes that are in these figures: 1, or the workers of the machine.',
  },
  oxicount_http_requests_total: {
    type: 'counter',
    labels: ['method', 'route', 'code'],
    help: 'Answered requests, by pattern of the route; `none` is what no route takes.',
  },
  oxicount_http_request_duration_seconds: {
    type: 'histogram',
    labels: ['method', 'route'],
    help: 'From the arrival of a request to the end of its answer; streams of events are left out.',
    buckets: REQUEST_SECONDS,
  },
  oxicount_graphql_operations_total: {
    type: 'counter',
    labels: ['type', 'outcome'],
    help: 'Operations that were run, over HTTP and WebSocket; the outcome is `ok` or `errors`.',
  },
  oxicount_graphql_operation_duration_seconds: {
    type: 'histogram',
    labels: ['type'],
    help: 'How long operations took; of a subscription, its beginning.',
    buckets: REQUEST_SECONDS,
  },
  oxicount_graphql_errors_total: {
    type: 'counter',
    labels: ['code'],
    help: 'Errors in answers of GraphQL, by their code.',
  },
  oxicount_subscribers: {
    type: 'gauge',
    labels: ['field'],
    help: 'Open subscriptions, by their field.',
  },
  oxicount_live_connections: {
    type: 'gauge',
    labels: ['transport'],
    help: 'Open connections for subscriptions: `websocket`, or `sse` for server-sent events.',
  },
  oxicount_registrations_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Page views that began: `registered`, or the code of the refusal in lower case.',
  },
  oxicount_visits_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Visits that were to count: `counted`, `counted_before`, or the code of the refusal in lower case.',
  },
  oxicount_page_leaves_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Reports of visible seconds: `reported`, or the code of the refusal in lower case.',
  },
  oxicount_pixel_views_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Hits of the pixel: `counted`, or the code of the refusal in lower case.',
  },
  oxicount_filtered_hits_total: {
    type: 'counter',
    labels: ['reason'],
    help: 'Registrations, visits and pixel views that were kept out, by reason.',
  },
  oxicount_votes_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Votes: `cast`, `taken_back`, or the code of the refusal in lower case.',
  },
  oxicount_site_visits_total: {
    type: 'counter',
    labels: ['site'],
    help: 'Visits that counted, of the 200 oldest sites by their slug; `other` is the rest.',
  },
  oxicount_limit_refusals_total: {
    type: 'counter',
    labels: ['limit'],
    help: 'What a limit refused, by limit.',
  },
  oxicount_writer_batch_size: {
    type: 'histogram',
    labels: [],
    help: 'Visits, reports and kept-out hits in one transaction.',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000],
  },
  oxicount_writer_commit_duration_seconds: {
    type: 'histogram',
    labels: ['outcome'],
    help: 'How long the transaction of a batch took; the outcome is `written` or `failed`.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  oxicount_writer_queue_length: {
    type: 'gauge',
    labels: [],
    help: 'Visits, reports and kept-out hits that wait for the next transaction.',
  },
  oxicount_writer_refused_total: {
    type: 'counter',
    labels: [],
    help: 'What was refused at once, since 20,000 waited already.',
  },
  oxicount_events_total: {
    type: 'counter',
    labels: ['direction'],
    help: 'Batches of live events that were `sent` to other processes, `received` from them, or `lost` for want of Redis.',
  },
  oxicount_event_gaps_total: {
    type: 'counter',
    labels: [],
    help: 'How often events of another process were missed, so that what stands was read again.',
  },
  oxicount_event_lag_seconds: {
    type: 'histogram',
    labels: [],
    help: 'From the oldest commit in a batch of events to its arrival here, by the clocks of both machines.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  oxicount_live_events_reach: {
    type: 'gauge',
    labels: ['reach'],
    help: 'Processes whose live events reach now what the label says: `this_process_only` is one that lost Redis.',
  },
  oxicount_page_validations_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Questions to sites whether they have a page: `exists`, `missing` or `unreachable`.',
  },
  oxicount_page_validation_duration_seconds: {
    type: 'histogram',
    labels: [],
    help: 'How long sites took to say whether they have a page.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  oxicount_page_validations_in_flight: {
    type: 'gauge',
    labels: [],
    help: 'Questions to sites that are under way.',
  },
  oxicount_database_connections: {
    type: 'gauge',
    labels: ['pool', 'state'],
    help: 'Connections to PostgreSQL that are `busy` or `idle`; of SQLite there are none.',
  },
  oxicount_database_connections_max: {
    type: 'gauge',
    labels: ['pool'],
    help: 'Connections that a pool may have.',
  },
  oxicount_database_waiting: {
    type: 'gauge',
    labels: ['pool'],
    help: 'Who waits for a connection of the pool.',
  },
  oxicount_database_busy_waits_total: {
    type: 'counter',
    labels: [],
    help: 'How often a transaction of SQLite waited a moment for another program that writes.',
  },
  oxicount_read_replica_in_use: {
    type: 'gauge',
    labels: [],
    help: 'Processes that read figures from the read replica; absent where there is none.',
  },
  oxicount_read_replica_lag_seconds: {
    type: 'gauge',
    labels: [],
    help: 'How far the read replica is behind; absent where that is not known.',
    ofWorkers: 'max',
  },
  oxicount_maintenance_runs_total: {
    type: 'counter',
    labels: ['outcome'],
    help: 'Hourly maintenance: `done` or `failed`.',
  },
  oxicount_maintenance_last_success_timestamp_seconds: {
    type: 'gauge',
    labels: [],
    help: 'When maintenance was last done; absent until then.',
    ofWorkers: 'max',
  },
} as const satisfies Record<string, Metric>;

/** The name of a metric of our own. */
export type MetricName = keyof typeof catalogue;
/** Those of one type. */
export type NameOf<T extends Metric['type']> = {
  [N in MetricName]: (typeof catalogue)[N]['type'] extends T ? N : never;
}[MetricName];
/** A value for each label of a metric. */
export type LabelsOf<N extends MetricName> = Readonly<
  Record<(typeof catalogue)[N]['labels'][number], string>
>;

export function metricOf(name: MetricName): Metric {
  return catalogue[name];
}
