import { isIP } from 'node:net'
import { isPublicHost, rangesContain } from '../address-ranges.ts'
import { type Endpoint, modelEndpoints, namespaceOfHost, portOfUrl } from '../endpoints.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires a destination for every URL that the opening for public HTTPS (port 443) does not include, and a destination that fits its URL.
 * Otherwise the NetworkPolicy would drop every connection to the URL.
 */
export function endpointDestinations(environment: Environment): Problem[] {
  const { models } = environment
  const withoutUrl = Object.entries(models.providers).flatMap(([name, provider]): Problem[] =>
    provider?.destination && provider.baseUrl === undefined
      ? [
          {
            path: `models.providers.${name}.destination`,
            value: provider.destination,
            allowed: 'Has no effect without a baseUrl: the provider is at its own public address.',
            remedy: `Add models.providers.${name}.baseUrl, or remove it.`,
          },
        ]
      : [],
  )
  return [
    ...withoutUrl,
    ...modelEndpoints(environment).flatMap((endpoint) => [
      ...plainHttpProblems(endpoint),
      ...destinationProblems(endpoint),
    ]),
  ]
}

function plainHttpProblems({ path, url, destinationPath, destination }: Endpoint): Problem[] {
  if (!url.startsWith('http:') || (destination?.kind === 'pods' && destination.plainHttp)) return []
  return [
    {
      path,
      value: url,
      allowed:
        'Must begin with https://. Only pods of the cluster may be reached by plain HTTP, if the configuration allows it.',
      remedy: `Use https://, or set ${destinationPath}: { kind: 'pods', …, plainHttp: true }.`,
    },
  ]
}

function destinationProblems({ path, url, destinationPath, destination }: Endpoint): Problem[] {
  const target = new URL(url)
  const port = portOfUrl(target)
  const host = target.hostname
  if (!destination) {
    if (isPublicHost(host) && port === 443) return []
    return [
      {
        path,
        value: url,
        allowed: 'Is not a public host at port 443, so no NetworkPolicy allows connections to it.',
        remedy: `Add ${destinationPath}: { kind: 'pods', namespace, labels, ports } or { kind: 'addresses', cidrs, ports }.`,
      },
    ]
  }
  const problem = (field: string, value: unknown, allowed: string, remedy: string): Problem[] => [
    { path: `${destinationPath}.${field}`, value, allowed, remedy },
  ]
  if (destination.kind === 'pods') {
    const namespace = namespaceOfHost(host)
    if (namespace === undefined || namespace === destination.namespace) return []
    return problem(
      'namespace',
      destination.namespace,
      `Must be the namespace of ${path}, ${namespace}.`,
      `Write "${namespace}", or correct ${path}.`,
    )
  }
  if (!destination.ports.includes(port))
    return problem('ports', destination.ports, `Must include the port of ${path}, ${port}.`, `Add ${port}.`)
  if (isIP(host) === 4 && !rangesContain(destination.cidrs, host))
    return problem('cidrs', destination.cidrs, `Must include the address of ${path}, ${host}.`, `Add "${host}/32".`)
  return []
}
