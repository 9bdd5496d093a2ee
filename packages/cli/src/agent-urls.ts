import { isIP } from 'node:net'
import { isPublicHost, rangesContain } from '@hadal/platform/address-ranges'
import { endpointsOf, namespaceOfHost, portOfUrl } from '@hadal/platform/endpoints'
import type { Environment } from '@hadal/platform/environment'
import type { Destination } from '@hadal/platform/schema/destination'

/** A URL in the settings of an agent, and the destination by which NetworkPolicies allow connections to it. */
export interface AgentUrl {
  readonly agent: string
  /** Name of the setting. */
  readonly name: string
  readonly url: string
  /** `public`: a public host at port 443, which needs no destination. `closed`: no destination fits the URL. */
  readonly reach: 'public' | 'closed' | { readonly path: string; readonly destination: Destination }
}

/** All URLs in the settings of agents. A tool probably connects to them. */
export function agentUrls(environment: Environment): AgentUrl[] {
  const openings = [
    ...Object.entries(environment.egress).map(([name, destination]) => ({ path: `egress.${name}`, destination })),
    ...endpointsOf(environment).flatMap(({ destination, destinationPath, users }) =>
      destination && users === 'agents' ? [{ path: destinationPath, destination }] : [],
    ),
  ]
  return Object.entries(environment.agents).flatMap(([agent, { settings }]) =>
    Object.entries(settings).flatMap(([name, value]) =>
      [value]
        .flat()
        .map(String)
        .filter((text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text))
        .map((url) => ({ agent, name, url, reach: reachOf(new URL(url), openings) })),
    ),
  )
}

function reachOf(
  url: URL,
  openings: readonly { readonly path: string; readonly destination: Destination }[],
): AgentUrl['reach'] {
  if (isPublicHost(url.hostname) && portOf(url) === 443) return 'public'
  return openings.find(({ destination }) => fits(destination, url)) ?? 'closed'
}

/** Whether connections to the URL may go to the destination. The addresses of a host name, and the ports of a Service's pods, are unknown here. */
function fits(destination: Destination, url: URL): boolean {
  const namespace = namespaceOfHost(url.hostname)
  if (destination.kind === 'pods') return destination.namespace === namespace
  const port = portOf(url)
  if (namespace !== undefined || (port !== undefined && !destination.ports.includes(port))) return false
  return isIP(url.hostname) === 4 ? rangesContain(destination.cidrs, url.hostname) : true
}

/** Port of a URL. Undefined if the URL has none and its protocol is not HTTP. */
const portOf = (url: URL): number | undefined =>
  /^https?:$/.test(url.protocol) || url.port ? portOfUrl(url) : undefined

/** A sentence for each URL in the settings of agents to which NetworkPolicies block every connection, with what to do. */
export const closedAgentUrls = (environment: Environment): string[] =>
  agentUrls(environment).flatMap(({ agent, name, url, reach }) => {
    if (reach !== 'closed') return []
    const { hostname } = new URL(url)
    const namespace = namespaceOfHost(hostname)
    const example = namespace
      ? `{ kind: 'pods', namespace: '${namespace}', labels, ports }`
      : "{ kind: 'addresses', cidrs, ports }"
    return [
      `agents.${agent}.settings.${name} = "${url}" is not a public host at port 443, and nothing in egress leads to it, so NetworkPolicies block connections to it. If a tool connects to it, add it to egress: ${example}.`,
    ]
  })
