import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import type { Tracing } from './tracing.ts'

/** Creates tracing by OpenTelemetry if an address for traces is set. Its packages are loaded only then. */
export async function createTracing(
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: sampleRatio, ROLE }: ContainerVariables,
  version: string,
  log: Logger,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined
  const { startOpenTelemetry } = await import('./open-telemetry.ts')
  const service = ROLE === 'worker' ? 'deep-agents-worker' : 'deep-agents'
  const onTrouble = (reason: string): void => log.warn({ reason }, 'traces_lost')
  return startOpenTelemetry({ endpoint, sampleRatio, service, version, onTrouble })
}
