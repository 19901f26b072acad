import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import type { Tracing, TracingOptions } from './tracing.ts';

/** How long one attempt to send may take, and how long a stop waits for the last, in milliseconds. */
const SEND_MS = 3_000;
const STOP_MS = 2_000;
const SEND_EVERY_MS = 2_000;

/** @param kindOf what may be said of a failure */
export function createTracing(options: TracingOptions, kindOf: (error: unknown) => string): Tracing {
  const { settings, version, trusts, log } = options;
  const exporter = new OTLPTraceExporter({
    url: settings.url,
    headers: Object.fromEntries(settings.headers),
    timeoutMillis: SEND_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'oxicount', 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.samplePercent / 100) }),
    spanProcessors: [
      new BatchSpanProcessor(telling(exporter, log), {
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: SEND_MS,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracer = provider.getTracer('oxicount', version);
  const contexts = new WeakMap<FastifyRequest, Context>();

  /** Strangers do not say which trace a request is part of, nor that it is to be kept. */
  function callersContext({ headers, raw }: FastifyRequest): Context {
    return headers['traceparent'] !== undefined && trusts(raw)
      ? propagation.extract(ROOT_CONTEXT, headers)
      : ROOT_CONTEXT;
  }

  return {
    around: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', kindOf(error));
          throw error;
        } finally {
          span.end();
        }
      }),
    requests(app) {
      app.addHook('onRequest', (request, _reply, done) => {
        const { method, routeOptions } = request;
        const route = routeOptions.url ?? 'none';
        const attributes = { 'http.request.method': method, 'http.route': route };
        const callers = callersContext(request);
        const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, callers);
        const own = trace.setSpan(callers, span);
        contexts.set(request, own);
        context.with(own, done);
      });
      // What was read of a body came in the context of its socket.
      app.addHook('preValidation', (request, _reply, done) => {
        context.with(contexts.get(request) ?? ROOT_CONTEXT, done);
      });
      app.addHook('onResponse', (request, { statusCode }, done) => {
        const span = trace.getSpan(contexts.get(request) ?? ROOT_CONTEXT);
        span?.setAttribute('http.response.status_code', statusCode);
        if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
        span?.end();
        done();
      });
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_MS);
      });
      await Promise.race([provider.shutdown().catch(() => {}), over]);
      clearTimeout(timer);
      context.disable();
      propagation.disable();
    },
  };
}

/** Says when nobody takes traces any more, and when somebody does again; in between they are dropped. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let away = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS;
        if (failed && !away)
          log.warn({ err: result.error }, 'traces cannot be sent; they are dropped until they can');
        if (!failed && away) log.info({}, 'traces are sent again');
        away = failed;
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
