import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { TracingSettings } from '../config/config.ts';
import type { Log } from '../log.ts';
import type { Spans } from './spans.ts';
import { kindOf } from './traced.ts';

/** Traces, and where they come from and go. */
export interface Tracing extends Spans {
  /** Makes each request a span. To be called before the server has routes. */
  requests(app: FastifyInstance): void;
  /** Sends what was not sent yet; gives up after a moment where nobody takes it. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  readonly settings: TracingSettings;
  readonly version: string;
  /** Whether what a request says of a trace is believed. */
  readonly trusts: (request: IncomingMessage) => boolean;
  readonly log: Log;
}

/** Starts OpenTelemetry. Nothing of it is loaded before: it is a few megabytes that most have no use for. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { createTracing } = await import('./opentelemetry.ts');
  return createTracing(options, kindOf);
}
