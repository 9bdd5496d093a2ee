import { textAt } from '@hadal/charts/validate/read-json'
import { clientSources } from '@hadal/platform/client-sources'
import { acmeSolver, gatewayListener } from '@hadal/platform/names'
import type { Subject } from '../checklist-item.ts'
import { inConfig, inObject } from '../evidence.ts'
import { inFirst, type Reliance, relianceOn } from './reliance.ts'

/** What an environment needs so that clients reach its API: a Gateway, an Ingress controller with an issuer, or the clients' namespaces. */
export function exposureReliances(subject: Subject): Reliance[] {
  const { exposure } = subject.environment
  switch (exposure.kind) {
    case 'internal':
      return exposure.clientNamespaces.flatMap((name) =>
        relianceOn(
          `Namespace ${name}, whose pods call the API`,
          'cluster',
          inConfig(subject, ['exposure', 'clientNamespaces'], 'exposure'),
        ),
      )
    case 'gateway':
      return [...gatewayReliances(subject, exposure), ...dnsRecord(subject, exposure.host)]
    case 'ingress':
      return [...ingressReliances(subject, exposure), ...dnsRecord(subject, exposure.host)]
  }
}

type Exposure<Kind> = Extract<Subject['environment']['exposure'], { kind: Kind }>

const dnsRecord = (subject: Subject, host: string): Reliance[] =>
  relianceOn(`A DNS record of ${host}`, 'outside', inConfig(subject, ['exposure', 'host'], 'exposure.host'))

/** Where the proxies of a Gateway or an Ingress connect from, e.g. `namespace ingress`. */
const proxiesText = ({ environment }: Subject): string => {
  const { namespaces, addresses } = clientSources(environment)
  return [
    ...namespaces.map((name) => `namespace ${name}`),
    ...(addresses.length > 0 ? [`addresses in ${addresses.join(', ')}`] : []),
  ].join(' and ')
}

/** The addresses in `X-Forwarded-For`, if the configuration says that the proxies append another number than one. */
const forwardedAddresses = (subject: Subject, { trustedProxies }: { readonly trustedProxies: number }): Reliance[] =>
  trustedProxies === 1
    ? []
    : relianceOn(
        `Proxies that append exactly ${trustedProxies} addresses to X-Forwarded-For, the client's first`,
        'cluster',
        inConfig(subject, ['exposure', 'trustedProxies'], 'exposure.trustedProxies'),
      )

function gatewayReliances(subject: Subject, exposure: Exposure<'gateway'>): Reliance[] {
  const { name, namespace } = exposure.gateway
  const { namespace: own } = subject.environment
  const listener = `listener "${gatewayListener(exposure)}"`
  const route = inFirst(subject, 'HTTPRoute', ['spec', 'parentRefs'])
  return [
    ...relianceOn(
      `Gateway ${namespace}/${name} with a ${listener}${exposure.tls ? ' that ends TLS' : ' without TLS'}`,
      'cluster',
      route,
    ),
    ...relianceOn(
      `A Gateway controller whose proxies connect from ${proxiesText(subject)}, and a ${listener} that allows routes of namespace ${own}`,
      'cluster',
      route,
    ),
    ...forwardedAddresses(subject, exposure),
    ...(exposure.tls
      ? relianceOn(
          `A certificate of ${exposure.host} in the Gateway's listener; an ACME challenge for it runs in namespace ${namespace}, not in this environment`,
          'cluster',
          route,
        )
      : []),
  ]
}

function ingressReliances(subject: Subject, exposure: Exposure<'ingress'>): Reliance[] {
  const { className, host, issuer } = exposure
  const proxies = proxiesText(subject)
  const certificate = subject.objects.find(
    ({ kind, object }) => kind === 'Certificate' && textAt(object, 'spec', 'issuerRef', 'name') === issuer.name,
  )
  const solver = subject.objects.find(({ kind, name }) => kind === 'NetworkPolicy' && name === acmeSolver.name)
  return [
    ...relianceOn(
      `An Ingress controller for class ${className} whose proxies connect from ${proxies}`,
      'cluster',
      inFirst(subject, 'Ingress', ['spec', 'ingressClassName']),
    ),
    ...forwardedAddresses(subject, exposure),
    ...relianceOn(
      `${issuer.kind} ${issuer.name}`,
      'cluster',
      certificate && inObject(subject, certificate, ['spec', 'issuerRef'], `the certificate of ${host}`),
    ),
    ...relianceOn(
      `If ${issuer.kind} ${issuer.name} is an ACME issuer with http01: cert-manager's default resources for the solver's pod, which admits only connections from ${proxies}, at port ${acmeSolver.port}`,
      'cluster',
      solver && inObject(subject, solver, ['spec', 'ingress'], 'the opening for the solver'),
    ),
  ]
}
