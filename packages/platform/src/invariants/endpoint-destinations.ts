import { isIP } from 'node:net'
import { isPublicHost, rangesContain, unroutablePart } from '../address-ranges.ts'
import { type Endpoint, endpointsOf, namespaceOfHost, portOfUrl } from '../endpoints.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires a destination for every URL that the opening for public addresses at port 443 does not include, and a destination that fits its
 * URL. Otherwise the NetworkPolicy would drop every connection to the URL.
 */
export const endpointDestinations = (environment: Environment): Problem[] => [
  ...destinationsWithoutUrl(environment),
  ...endpointsOf(environment).flatMap((endpoint) => [...plainHttpProblems(endpoint), ...destinationProblems(endpoint)]),
]

function destinationsWithoutUrl({ models, backup }: Environment): Problem[] {
  const urls: [path: string, url: string | undefined, destination: unknown][] = Object.entries(models.providers).map(
    ([name, provider]) => [`models.providers.${name}`, provider?.baseUrl, provider?.destination],
  )
  if (backup.kind === 's3') urls.push(['backup', backup.endpoint, backup.destination])
  return urls.flatMap(([path, url, destination]) => {
    if (url !== undefined || destination === undefined) return []
    const field = path === 'backup' ? 'endpoint' : 'baseUrl'
    return [
      {
        path: `${path}.destination`,
        value: destination,
        allowed: `Has no effect without ${field}, because the default is a public address.`,
        remedy: `Add ${path}.${field}, or remove it.`,
      },
    ]
  })
}

function plainHttpProblems({ path, value, url, destinationPath, plainHttp }: Endpoint): Problem[] {
  if (url.protocol === 'https:' || plainHttp) return []
  return [
    {
      path,
      value,
      allowed:
        'Must begin with https://. Only pods of the cluster may be reached by plain HTTP, if the configuration allows it.',
      remedy: `Use https://, or set ${destinationPath}: { kind: 'pods', …, plainHttp: true }.`,
    },
  ]
}

function destinationProblems({ path, value, url, destinationPath, destination, followsUrl }: Endpoint): Problem[] {
  const host = url.hostname
  const port = portOfUrl(url)
  if (!destination) {
    // A link-local or loopback address would open the metadata service of a cloud, or the pod itself.
    const isAddress = isIP(host) === 4 && unroutablePart(`${host}/32`) === undefined
    const follows = followsUrl && (isPublicHost(host) || namespaceOfHost(host) !== undefined || isAddress)
    if (follows || (isPublicHost(host) && port === 443)) return []
    return [
      {
        path,
        value,
        allowed: 'Is not a public host at port 443, so no NetworkPolicy allows connections to it.',
        remedy:
          namespaceOfHost(host) === undefined
            ? `Add ${destinationPath}: { kind: 'pods', namespace, labels, ports } or { kind: 'addresses', cidrs, ports }.`
            : `Add ${destinationPath}: { kind: 'pods', namespace: '${namespaceOfHost(host)}', labels, ports }, with the labels and ports of the Service's pods.`,
      },
    ]
  }
  const problem = (field: string, given: unknown, allowed: string, remedy: string): Problem[] => [
    { path: `${destinationPath}.${field}`, value: given, allowed, remedy },
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
