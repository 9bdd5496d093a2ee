import type { Environment } from './environment.ts'
import type { Destination } from './schema/destination.ts'

/** URL of the configuration to which pods of the environment connect. */
export interface Endpoint {
  /** Path of the field with the URL or with its host, e.g. `models.providers.openai.baseUrl`. */
  readonly path: string
  /** Value of the field. */
  readonly value: string
  readonly url: URL
  /** Path of the field with the destination of connections to the URL. */
  readonly destinationPath: string
  /** Destination from the configuration. Without it, the NetworkPolicy allows public addresses at port 443. */
  readonly destination: Destination | undefined
  /** Whether the configuration allows `http://` for this URL. */
  readonly plainHttp: boolean
  /**
   * Whether the NetworkPolicy follows the URL itself if there is no destination: to the namespace of a Service, to an IPv4 address, or to all
   * public addresses at the URL's port.
   */
  readonly followsUrl: boolean
  /** Pods that connect to the URL: those that run agents, those that serve the API, all pods of the server, or those that read or write backups. */
  readonly users: 'agents' | 'api' | 'servers' | 'backups'
}

/** All URLs of the configuration to which pods of the environment connect, except a model provider's own public address. */
export function endpointsOf({ access, models, tracing, backup }: Environment): Endpoint[] {
  const ofModels = Object.entries(models.providers).flatMap(([name, provider]): Endpoint[] => {
    if (provider?.baseUrl === undefined) return []
    const { baseUrl, destination } = provider
    return [
      {
        path: `models.providers.${name}.baseUrl`,
        value: baseUrl,
        url: new URL(baseUrl),
        destinationPath: `models.providers.${name}.destination`,
        destination,
        plainHttp: destination?.kind === 'pods' && destination.plainHttp,
        followsUrl: false,
        users: 'agents',
      },
    ]
  })
  const ofTracing: Endpoint[] =
    tracing.kind === 'none'
      ? []
      : [
          {
            path: 'tracing.endpoint',
            value: tracing.endpoint,
            url: new URL(tracing.endpoint),
            destinationPath: 'tracing.destination',
            destination: tracing.destination,
            plainHttp: tracing.kind === 'otlp',
            followsUrl: tracing.kind === 'otlp',
            users: 'servers',
          },
        ]
  const ofBackup: Endpoint[] =
    backup.kind !== 's3' || backup.endpoint === undefined
      ? []
      : [
          {
            path: 'backup.endpoint',
            value: backup.endpoint,
            url: new URL(`https://${backup.endpoint}`),
            destinationPath: 'backup.destination',
            destination: backup.destination,
            plainHttp: false,
            followsUrl: false,
            users: 'backups',
          },
        ]
  const ofIssuer: Endpoint[] =
    access.kind !== 'oidc'
      ? []
      : [
          {
            path: 'access.issuer',
            value: access.issuer,
            url: new URL(access.issuer),
            destinationPath: 'access.destination',
            destination: access.destination,
            plainHttp: false,
            followsUrl: false,
            users: 'api',
          },
        ]
  return [...ofModels, ...ofTracing, ...ofBackup, ...ofIssuer]
}

/** Port of a URL, with the default of its protocol. */
export const portOfUrl = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))

/** Namespace of a Service's host name `<service>.<namespace>.svc…`. Undefined for other hosts. */
export const namespaceOfHost = (host: string): string | undefined => /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(host)?.[1]
