import { hostname } from 'node:os'
import { within } from '@hadal/middleware/within'
import { type Context, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api'
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { failed, RunSpans } from './run-spans.ts'
import type { Tracing } from './tracing.ts'

export interface OpenTelemetrySettings {
  /** Address of the OpenTelemetry collector, without `/v1/traces`. */
  readonly endpoint: string
  /**
   * Share, from 0 to 1, of the traces beginning in this process that are recorded. A trace that a caller began is recorded if the caller records it.
   */
  readonly sampleRatio: number
  readonly service: string
  readonly version: string
  /** Called when the spans of traces can't be sent. Those spans are lost. */
  readonly onTrouble: (reason: string) => void
}

const exportWithinMs = 10_000
const stopWithinMs = 3_000

/**
 * Starts tracing by OTLP over HTTP with Protobuf, which sends spans in batches in the background. This module is imported only if tracing is
 * enabled: its packages add about 70 ms to a start.
 */
export function startOpenTelemetry(settings: OpenTelemetrySettings): Tracing {
  const { endpoint, sampleRatio, service, version, onTrouble } = settings
  const lost = (error: unknown): void => onTrouble(reasonOf(error))
  setGlobalErrorHandler(lost)
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: exportWithinMs,
  })
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': version,
      'service.instance.id': hostname(),
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportWithinMs })],
  })
  const tracer = provider.getTracer('hadal-runtime', version)
  return {
    request({ method, traceparent }) {
      const attributes = { 'http.request.method': method }
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, contextOf(traceparent))
      return {
        traceId: span.spanContext().traceId,
        traceparent: traceparentOf(span),
        end({ route, status }) {
          span.updateName(`${method} ${route}`)
          span.setAttributes({ 'http.route': route, 'http.response.status_code': status })
          if (status >= 500) failed(span, String(status))
          span.end()
        },
      }
    },
    run({ runId, threadId, graphId, tenant, attempt, traceparent }) {
      const around = contextOf(traceparent)
      const attributes = {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': graphId,
        'gen_ai.conversation.id': threadId,
        'hadal.run.id': runId,
        'hadal.run.attempt': attempt,
        'hadal.tenant': tenant,
      }
      const span = tracer.startSpan(`invoke_agent ${graphId}`, { kind: SpanKind.INTERNAL, attributes }, around)
      const handler = new RunSpans(tracer, trace.setSpan(around, span), graphId)
      return {
        traceId: span.spanContext().traceId,
        handler,
        end(errorType) {
          handler.endAll()
          if (errorType !== undefined) failed(span, errorType)
          span.end()
        },
      }
    },
    async close() {
      await within(provider.shutdown().catch(lost), stopWithinMs)
    },
  }
}

/** Returns the reason of an exporter's error. The error's code is the status of the collector's response. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? `${error.message} (${String(error.code)})` : error.message
}

/** Returns the context of the caller's span, if the caller sent a valid `traceparent`. */
function contextOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent)
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true })
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
