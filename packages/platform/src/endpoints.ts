import type { Environment } from './environment.ts'
import type { UrlDestination } from './schema/destination.ts'

/** URL of the configuration to which pods of the environment connect. */
export interface Endpoint {
  /** Path of the field with the URL, e.g. `models.providers.openai.baseUrl`. */
  readonly path: string
  readonly url: string
  /** Path of the field with the URL's destination. */
  readonly destinationPath: string
  /** Destination that the NetworkPolicy allows for the URL. If not set, the URL must be a public host at port 443. */
  readonly destination: UrlDestination | undefined
}

/** Base URLs of the model providers that are not at their own address. Only pods that run agents connect to them. */
export function modelEndpoints({ models }: Pick<Environment, 'models'>): Endpoint[] {
  return Object.entries(models.providers).flatMap(([name, provider]) => {
    if (provider?.baseUrl === undefined) return []
    const path = `models.providers.${name}`
    const { baseUrl: url, destination } = provider
    return [{ path: `${path}.baseUrl`, url, destinationPath: `${path}.destination`, destination }]
  })
}

/** Port of a URL, with the default of its protocol. */
export const portOfUrl = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))

/** Namespace of a Service's host name `<service>.<namespace>.svc…`. Undefined for other hosts. */
export const namespaceOfHost = (host: string): string | undefined => /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(host)?.[1]
