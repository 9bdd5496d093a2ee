import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires TLS on every connection of an environment that is not marked for development: prompts, model responses and keys cross them. A protected
 * environment can't be marked.
 */
export function tlsOutsideDevelopment(environment: Environment): Problem[] {
  if (environment.development) return environment.protected ? [bothMarked] : []
  const { exposure, postgres, redis, tracing } = environment
  const problems: Problem[] = []
  const refuse = (path: string, value: unknown, what: string, remedy: string) =>
    problems.push({
      path,
      value,
      allowed: `${what}, but an environment that is not for development must have TLS on every connection.`,
      remedy: environment.protected
        ? remedy
        : `${remedy} In an environment for development, set development to true instead.`,
    })

  if (exposure.kind !== 'internal' && !exposure.tls)
    refuse('exposure.tls', exposure.tls, 'The API would be served without TLS', 'Remove it: TLS is the default.')
  if (postgres.kind === 'standalone')
    refuse('postgres.kind', postgres.kind, 'A standalone server has no TLS', 'Use "cnpg" or "external".')
  if (postgres.kind === 'external' && postgres.tls === 'disable')
    refuse(
      'postgres.tls',
      postgres.tls,
      'The connections to the server would have no TLS',
      'Remove it: "verify-full" is the default.',
    )
  if (redis.kind === 'standalone')
    refuse('redis.kind', redis.kind, 'A standalone Redis has no TLS', 'Use "cluster" or "external".')
  if (redis.kind === 'external' && !redis.tls)
    refuse('redis.tls', redis.tls, 'The connections to Redis would have no TLS', 'Remove it: TLS is the default.')
  if (tracing.kind === 'otlp' && !tracing.endpoint.startsWith('https:'))
    refuse('tracing.endpoint', tracing.endpoint, 'Traces would be sent without TLS', 'Use an address with https://.')
  return problems
}

const bothMarked: Problem = {
  path: 'development',
  value: true,
  allowed: 'Must be false in a protected environment.',
  remedy: 'Remove it, or set protected to false.',
}
