import { type Endpoint, endpointsOf } from '@hadal/platform/endpoints'
import type { Destination } from '@hadal/platform/schema/destination'
import { secretsOf } from '@hadal/platform/secret-table'
import { agentUrls } from '../../agent-urls.ts'
import type { Subject } from '../checklist-item.ts'
import { inConfig } from '../evidence.ts'
import { destinationText, inFirst, type Reliance, relianceOn } from './reliance.ts'

/** Services outside the environment to which its pods connect: secrets, data services, storage, model providers, traces, named openings. */
export function serviceReliances(subject: Subject): Reliance[] {
  const { egress, postgres, redis } = subject.environment
  const outside = (what: string, path: readonly string[]): Reliance[] =>
    relianceOn(what, 'outside', inConfig(subject, path, path.join('.')))
  return [
    ...secretReliances(subject),
    ...(postgres.kind === 'external'
      ? outside(`PostgreSQL at ${postgres.host}:${postgres.port} (${postgres.addresses.join(', ')})`, [
          'postgres',
          'host',
        ])
      : []),
    ...(postgres.kind === 'external' && postgres.readHost !== undefined
      ? outside(`Read replicas of PostgreSQL at ${postgres.readHost}:${postgres.port}`, ['postgres', 'readHost'])
      : []),
    ...(redis.kind === 'external'
      ? outside(`Redis at ${redis.host}:${redis.port} (${redis.addresses.join(', ')})`, ['redis', 'host'])
      : []),
    ...bucketReliances(subject),
    ...providerReliances(subject),
    ...packageReliances(subject),
    ...tracingReliances(subject),
    ...issuerReliances(subject),
    ...settingReliances(subject),
    ...Object.entries(egress).flatMap(([name, destination]) =>
      relianceOn(
        `${name}: ${destinationText(destination)}`,
        sideOf(destination),
        inConfig(subject, ['egress', name], `egress.${name}`),
      ),
    ),
  ]
}

/** The OpenID Connect issuer whose keys the API reads. */
function issuerReliances(subject: Subject): Reliance[] {
  const endpoint = endpointsOf(subject.environment).find(({ path }) => path === 'access.issuer')
  if (!endpoint) return []
  return relianceOn(
    `OpenID Connect issuer ${endpoint.value}${endpointText(endpoint)}, whose jwks_uri is reachable in the same way`,
    sideOf(endpoint.destination),
    inConfig(subject, ['access', 'issuer'], 'access.issuer'),
  )
}

/** URLs in the settings of agents, with the opening that leads to each. */
const settingReliances = (subject: Subject): Reliance[] =>
  agentUrls(subject.environment).flatMap(({ agent, name, url, reach }) => {
    const path = ['agents', agent, 'settings', name]
    const how =
      reach === 'public'
        ? ', at a public address or in egress'
        : reach === 'closed'
          ? ', which no NetworkPolicy allows: if a tool connects to it, add it to egress'
          : `, through ${reach.path}`
    const side = typeof reach === 'object' ? sideOf(reach.destination) : 'outside'
    return relianceOn(`${agent}'s ${name}: ${url}${how}`, side, inConfig(subject, path, path.join('.')))
  })

const sideOf = (destination: Destination | undefined): Reliance['from'] =>
  destination?.kind === 'pods' ? 'cluster' : 'outside'

function secretReliances(subject: Subject): Reliance[] {
  const { secrets } = subject.environment
  if (secrets.kind === 'external-secrets') {
    const { kind, name } = secrets.store
    const keys = Map.groupBy(
      secretsOf(subject.environment).filter(({ maker }) => maker === 'secrets'),
      ({ secret }) => secret,
    )
    const entries = [...keys].map(([secret, of]) => `${secret} (${of.map(({ key }) => key).join(', ')})`)
    const what = `${kind} ${name} with the secrets under ${secrets.path}: ${entries.join('; ')}`
    return relianceOn(what, 'cluster', inFirst(subject, 'ExternalSecret', ['spec', 'secretStoreRef']))
  }
  const evidence = inConfig(subject, ['secrets'], 'secrets')
  return relianceOn("The Secrets, created by this environment's Pulumi stack", 'stack', evidence)
}

/** Formats the destination of a URL, and that the connection has no TLS, in parentheses. Empty if neither applies. */
function endpointText({ destination, url }: Pick<Endpoint, 'destination' | 'url'>): string {
  const parts = [
    ...(destination ? [destinationText(destination)] : []),
    ...(url.protocol === 'http:' ? ['without TLS'] : []),
  ]
  return parts.length > 0 ? ` (${parts.join('; ')})` : ''
}

function bucketReliances(subject: Subject): Reliance[] {
  const { backup } = subject.environment
  if (backup.kind !== 's3') return []
  const at = [backup.endpoint ?? `AWS S3, ${backup.region}`]
  if (backup.destination) at.push(destinationText(backup.destination))
  const evidence = inConfig(subject, ['backup', 'bucket'], 'backup')
  return [
    ...relianceOn(`Bucket ${backup.bucket} (${at.join('; ')})`, sideOf(backup.destination), evidence),
    ...archiveReliances(subject, backup.bucket),
  ]
}

/** Archive of each recovery that is under way: nothing in the repository shows that it reaches back to the time. */
function archiveReliances(subject: Subject, bucket: string): Reliance[] {
  const { name, postgres } = subject.environment
  if (postgres.kind !== 'cnpg' || !postgres.recovery) return []
  const { from, to } = postgres.recovery
  const time = to === 'latest' ? 'a base backup' : `a base backup that ended before ${to}, and a transaction after it`
  return relianceOn(
    `Archive ${bucket}/${name}/${from} of the database, with ${time}`,
    'outside',
    inConfig(subject, ['postgres', 'recovery'], 'postgres.recovery'),
  )
}

/** The model providers, at their own address or at that of the configuration. */
function providerReliances(subject: Subject): Reliance[] {
  const { models } = subject.environment
  const endpoints = endpointsOf(subject.environment)
  return Object.entries(models.providers).flatMap(([name, provider]) => {
    if (!provider) return []
    const path = ['models', 'providers', name]
    const endpoint = endpoints.find((it) => it.path === `${path.join('.')}.baseUrl`)
    const where = endpoint ? `${endpoint.value}${endpointText(endpoint)}` : 'its own public address'
    return relianceOn(
      `Model provider ${name} at ${where}`,
      sideOf(endpoint?.destination),
      inConfig(subject, path, path.join('.')),
    )
  })
}

/** Providers that LangChain packages call. Their addresses are known only to the packages. */
const packageReliances = (subject: Subject): Reliance[] =>
  Object.entries(subject.environment.models.packages).flatMap(([name, entry]) => {
    const path = ['models', 'packages', name]
    return relianceOn(
      `Model provider ${name}, called by ${entry.package}, at a public address and port 443 or in egress`,
      'outside',
      inConfig(subject, path, path.join('.')),
    )
  })

function tracingReliances(subject: Subject): Reliance[] {
  const { tracing } = subject.environment
  const endpoint = endpointsOf(subject.environment).find(({ path }) => path === 'tracing.endpoint')
  if (tracing.kind === 'none' || !endpoint) return []
  return relianceOn(
    `${tracing.kind === 'langsmith' ? 'LangSmith' : 'OTLP collector'} at ${tracing.endpoint}${endpointText(endpoint)}`,
    sideOf(endpoint.destination),
    inConfig(subject, ['tracing', 'endpoint'], 'tracing'),
  )
}
